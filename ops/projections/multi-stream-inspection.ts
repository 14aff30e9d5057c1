import type { Event, Uuid } from '../../src/event-store/events/event';
import type { EventRegistry } from '../../src/event-store/events/event-registry';
import type { MultiStreamProjectionHandler } from '../../src/event-store/projections/multi-stream-projection.handler';
import type { RowChange, RowKey } from '../../src/event-store/projections/multi-stream-projection.repository';
import { retryOnConflict } from '../../src/event-store/retry-on-conflict';
import { eventsMaking } from './events-making';
import { type Key, type Made, plain, type ProjectionInspection } from './projection-inspection';

/** Rows that a handler makes by following another type of aggregate: any number for each, with a checkpoint beside them. */
export class MultiStreamInspection implements ProjectionInspection {
  readonly name: string;
  readonly handled: ReadonlySet<string>;

  constructor(
    private readonly handler: MultiStreamProjectionHandler,
    events: EventRegistry,
  ) {
    this.name = handler.name;
    this.handled = eventsMaking(handler, events);
  }

  expected(events: readonly Event[]): Made {
    const rows = new Map<Key, unknown>();

    for (const change of this.changes(events)) {
      if ('put' in change) {
        rows.set(this.toKey(change), plain(change.put));
      } else {
        rows.delete(this.toKey(change));
      }
    }
    return { checkpoint: events.findLast(({ $name }) => this.handled.has($name))?.$version ?? 0, rows };
  }

  touched(events: readonly Event[]): ReadonlySet<Key> {
    return new Set(this.changes(events).map((change) => this.toKey(change)));
  }

  checkpoint(id: Uuid): Promise<number> {
    return this.handler.rows.checkpoint({ handler: this.name, id });
  }

  async stored(id: Uuid, keys: Iterable<Key>): Promise<Made> {
    const checkpoint = await this.checkpoint(id);
    const rows = await Promise.all(
      [...keys].map(async (key) => [key, await this.handler.rows.get(JSON.parse(key) as RowKey)] as const),
    );

    return { checkpoint, rows: new Map(rows.filter(([, row]) => row !== undefined)) };
  }

  async *keys(): AsyncGenerator<{ key: Key; aggregateId: Uuid }> {
    const { rows } = this.handler;

    for await (const key of rows.keys()) {
      yield { key: this.toKey({ remove: key }), aggregateId: rows.aggregateOf(key) };
    }
  }

  /** Looks at every row, since one that no event of the aggregate knows of goes, too; again, when an event has made others meanwhile. */
  clear(id: Uuid): Promise<number> {
    return retryOnConflict(() => this.clearOnce(id));
  }

  private async clearOnce(id: Uuid): Promise<number> {
    const { rows, name } = this.handler;
    const from = await this.checkpoint(id);
    const keys: RowKey[] = [];

    for await (const key of rows.keys()) {
      if (rows.aggregateOf(key) === id) {
        keys.push(key);
      }
    }
    await rows.clear(keys, { handler: name, id, from });
    return keys.length;
  }

  private changes(events: readonly Event[]): RowChange[] {
    return events.filter(({ $name }) => this.handled.has($name)).flatMap((event) => [...this.handler.changes(event)]);
  }

  private toKey(change: RowChange): Key {
    return JSON.stringify(this.handler.rows.keyOf(change));
  }
}
