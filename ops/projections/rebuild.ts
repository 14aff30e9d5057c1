import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Uuid } from '../../src/event-store/events/event';
import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import type { Replay } from '../queues/replay';
import type { ProjectionInspection } from './projection-inspection';

/** What a rebuild did. */
interface Rebuilt {
  readonly removedRows: number;
  readonly sentEvents: number;
}

/**
 * Removes all that was made of an aggregate, and replays its events. Safe while the system runs: a handler that meets an event
 * in between makes the rows from the log. Until then queries do not find them.
 *
 * @throws NotFoundError when there are neither events nor rows of this aggregate; nothing has changed then
 */
export async function rebuild(
  id: Uuid,
  { log, projections, replay }: { log: EventLog; projections: readonly ProjectionInspection[]; replay: Replay },
): Promise<Rebuilt> {
  const events = await log.read(id);
  // Rows without any event, which nothing should have made, may be anybody's.
  const concerned = projections.filter(
    ({ handled }) => events.length === 0 || events.some(({ $name }) => handled.has($name)),
  );
  let removedRows = 0;

  for (const projection of concerned) {
    removedRows += await projection.clear(id);
  }
  if (events.length === 0 && removedRows === 0) {
    throw new NotFoundError('aggregate', id);
  }
  return { removedRows, sentEvents: events.length === 0 ? 0 : await replay.aggregate(id) };
}
