import type { EventLog } from '../event-log/event-log';
import type { Event, Uuid } from '../events/event';
import { CheckpointedHandler, type Position } from './checkpointed-handler';
import type { MultiStreamProjectionRepository, RowChange } from './multi-stream-projection.repository';

/** Makes rows from the events of another aggregate type. */
export abstract class MultiStreamProjectionHandler extends CheckpointedHandler {
  /** @param name of this handler in the checkpoints' table: a literal that outlives renamings */
  constructor(
    log: EventLog,
    readonly rows: MultiStreamProjectionRepository<unknown>,
    readonly name: string,
  ) {
    super(log);
  }

  /** What an event changes, without reading anything. */
  abstract changes(event: Event): readonly RowChange[];

  /** Rows that are not known by the aggregate's id could be neither verified nor made anew. */
  private changesOf(event: Event): readonly RowChange[] {
    const changes = this.changes(event);

    for (const key of changes.map((change) => this.rows.keyOf(change))) {
      if (this.rows.aggregateOf(key) !== event.id) {
        throw new TypeError(
          `${this.constructor.name}: expected each row that ${event.$name} changes to have the event's id ${event.id} in its aggregateKey, and got ${JSON.stringify(key)}. Mend the aggregateKey in the context's module, or changes().`,
        );
      }
    }
    return changes;
  }

  protected async position(aggregateId: Uuid): Promise<Position> {
    const checkpoint = { handler: this.name, id: aggregateId };
    const start = await this.rows.checkpoint(checkpoint);

    return {
      checkpoint: start,
      advance: async (events) => {
        let from = start;

        for (const event of events) {
          await this.rows.save(this.changesOf(event), { ...checkpoint, from, to: event.$version });
          from = event.$version;
        }
      },
    };
  }
}
