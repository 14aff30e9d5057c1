import { LogHoleError } from '../errors/log-hole.error';
import type { EventLog } from '../event-log/event-log';
import type { Event, Uuid } from '../events/event';
import { retryOnConflict } from '../retry-on-conflict';
import type { EventHandler } from './event-handler';
import { eventsHandledBy } from './handles-event.decorator';

/** How far a handler has followed an aggregate, and how it goes on. */
export interface Position {
  /** Version of the last event applied; 0: none. */
  readonly checkpoint: number;
  /**
   * Applies events in their order and moves the checkpoint with their effect.
   *
   * @throws ConcurrencyError when the checkpoint has moved since it was read
   */
  advance(events: readonly Event[]): Promise<void>;
}

/**
 * A handler that follows each aggregate version by version, whatever the transport does. It skips what is applied already. What is
 * missing before an event, it reads from the log and applies first.
 */
export abstract class CheckpointedHandler implements EventHandler {
  constructor(protected readonly log: EventLog) {}

  protected abstract position(aggregateId: Uuid): Promise<Position>;

  /** @throws LogHoleError when the log itself lacks an event before this one */
  async handle(event: Event, deadline?: number): Promise<void> {
    await retryOnConflict(() => this.follow(event), { deadline });
  }

  private async follow(event: Event): Promise<void> {
    const position = await this.position(event.id);

    if (event.$version > position.checkpoint) {
      const missing = await this.between(position.checkpoint, event);

      await position.advance([...missing, event]);
    }
  }

  /** The events after the checkpoint and before this one that this handler handles: none in a run without faults. */
  private async between(checkpoint: number, { id, $version }: Event): Promise<Event[]> {
    const expected = $version - checkpoint - 1;

    if (expected === 0) {
      return [];
    }
    const events = await this.log.read(id, checkpoint + 1, $version - 1);

    if (events.length !== expected) {
      throw new LogHoleError(id, checkpoint, $version);
    }
    return events.filter(({ $name }) => eventsHandledBy(this.constructor).has($name));
  }
}
