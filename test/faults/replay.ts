import type { Uuid } from '../../src/event-store/events/event';
import { Replay } from '../../ops/queues/replay';
import type { Functions } from './functions';

/** What an operator does whose aggregates have no further event that would heal them; their events come to the queues again. */
export async function replay(aggregates: ReadonlySet<Uuid>, { log, queue }: Functions): Promise<void> {
  for (const id of aggregates) {
    await new Replay(log, queue, { advance: () => undefined }).aggregate(id);
  }
}
