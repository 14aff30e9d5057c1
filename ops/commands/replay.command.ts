import type { Operator } from '../operator/operator';
import type { Progress } from '../support/progress';
import type { Answer, Options } from './command';
import { count } from './count';

/** Sends events from the log to the queues again. */
export async function replayEvents(operator: Operator, { aggregate }: Options, progress: Progress): Promise<Answer> {
  const replay = operator.replay(progress);
  const sent = await (aggregate === undefined ? replay.all() : replay.aggregate(aggregate));

  return { data: { sent }, text: `${count(sent, 'event')} sent. See status for when they are applied.` };
}
