/** All that there is to know of the tools. */
export const HELP = `Usage: npm run ops -- COMMAND [options]

Looks after the projections and the archive of the local cloud that runs in this folder, or of a deployed stack.

  status                        How far each projection is behind the event log, and what is in the queues.
  verify                        Folds the event log and compares it with the projections. Prints each difference; then
                                the exit code is 1.
  dlq list                      What is in the dead-letter queues and in quarantine: of each aggregate the first event,
                                which failed; the ones behind it wait for it.
  dlq show [--aggregate ID]     The same with the whole messages.
  dlq redrive [--aggregate ID]  Sends dead letters back to their queue, of one aggregate or all. Mend the cause first.
  replay --aggregate ID         Sends an aggregate's events from the log to its queue again. Handlers take what they
  replay --all                  lack, and skip the rest: safe at any time, as often as you like. Or all events of all.
                                Names what it cannot send, and goes on; then the exit code is 1.
  rebuild --aggregate ID        Removes what was made of an aggregate, and replays it: mends a row that is wrong. Until
                                its events are applied again, queries do not find the rows.
  archive ls                    The objects of the archive and their totals by day.
  archive query "SQL"           Answers SQL (DuckDB's) about the view "events" of what is archived. Copies the objects to
                                a temporary folder: for a large archive, name the days.
    --from DAY, --to DAY        Only objects of these days in UTC, such as 2026-11-24; both are optional.

  --stack NAME   A deployed stack, by its name in CloudFormation, in place of the local cloud. Credentials come from the
                 environment (AWS_PROFILE, AWS_ACCESS_KEY_ID, …), as for the AWS CLI.
  --region NAME  The stack's region; without it, AWS_REGION or the one of the profile.
  --json         One JSON document on the standard output, for machines: npm -s run ops -- status --json
  --help         Print this text.

Ctrl-C stops a command between two steps; nothing is lost, and it can be started again. The exit code is 0 when all is well.
What to do when: docs/how-to/bad-days.md. The archive: docs/how-to/archive.md`;
