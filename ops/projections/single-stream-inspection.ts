import type { Event, Uuid } from '../../src/event-store/events/event';
import type { EventRegistry } from '../../src/event-store/events/event-registry';
import type { Projection } from '../../src/event-store/projections/projection';
import type { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import { eventsMaking } from './events-making';
import { type Key, type Made, plain, type ProjectionInspection } from './projection-inspection';

const PAGE = 1000;

/** Rows that are made by their own aggregate's events: one for each, which is its own checkpoint. */
export class SingleStreamInspection implements ProjectionInspection {
  readonly name: string;
  readonly handled: ReadonlySet<string>;

  constructor(
    private readonly handler: ProjectionHandler<Projection>,
    events: EventRegistry,
  ) {
    this.name = handler.type.name;
    this.handled = eventsMaking(handler, events);
  }

  expected(events: readonly Event[]): Made {
    const projection = new this.handler.type();

    for (const event of events.filter(({ $name }) => this.handled.has($name))) {
      projection.apply(event);
    }
    return toMade(projection.version === 0 ? undefined : projection);
  }

  touched(events: readonly Event[]): ReadonlySet<Key> {
    return new Set(events.filter(({ $name }) => this.handled.has($name)).map(({ id }) => toKey(id)));
  }

  async checkpoint(id: Uuid): Promise<number> {
    return (await this.handler.rows.get(id))?.version ?? 0;
  }

  async stored(id: Uuid): Promise<Made> {
    return toMade(await this.handler.rows.get(id));
  }

  async *keys(): AsyncGenerator<{ key: Key; aggregateId: Uuid }> {
    let cursor: string | undefined;

    do {
      const page = await this.handler.rows.list({ limit: PAGE, cursor });

      yield* page.items.map(({ id }) => ({ key: toKey(id), aggregateId: id }));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async clear(id: Uuid): Promise<number> {
    const { rows } = await this.stored(id);

    await this.handler.rows.remove(id);
    return rows.size;
  }
}

function toKey(id: Uuid): Key {
  return JSON.stringify({ id });
}

function toMade(row: Projection | undefined): Made {
  return row
    ? { checkpoint: row.version, rows: new Map([[toKey(row.id), plain(row)]]) }
    : { checkpoint: 0, rows: new Map() };
}
