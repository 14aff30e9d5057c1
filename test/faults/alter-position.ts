import type { Event, Uuid } from '../../src/event-store/events/event';
import { CheckpointedHandler, type Position } from '../../src/event-store/projections/checkpointed-handler';

/**
 * Lets a handler go on from another position than the one that it has.
 *
 * @param alter gets the event that is handled, too
 */
export function alterPosition(
  handler: CheckpointedHandler,
  alter: (position: Position, event: Event) => Position,
): void {
  const opened = handler as unknown as { position(aggregateId: Uuid): Promise<Position> };

  handler.handle = (event) => {
    // A handler of its own for each event, since several are under way at a time.
    const altered = Object.create(handler, {
      position: { value: async (id: Uuid) => alter(await opened.position(id), event) },
    }) as CheckpointedHandler;

    return CheckpointedHandler.prototype.handle.call(altered, event);
  };
}
