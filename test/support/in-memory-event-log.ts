import { ConcurrencyError } from '../../src/app/errors/concurrency.error';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { UniqueClaim } from '../../src/event-store/event-log/unique-claim';
import type { Event } from '../../src/event-store/events/event';
import { fromItem, toItem } from '../../src/event-store/events/event-item';

/** The log's contract without a database: events come back as data, as from one. Claims are kept, not checked. */
export class InMemoryEventLog implements EventLog {
  readonly events: Event[] = [];
  readonly claims: UniqueClaim[] = [];

  append(events: readonly Event[], claims: readonly UniqueClaim[] = []): Promise<void> {
    const isTaken = events.some((event) =>
      this.events.some(({ id, $version }) => id === event.id && $version === event.$version),
    );

    if (isTaken) {
      return Promise.reject(new ConcurrencyError('A version is there already.'));
    }
    this.events.push(...events.map((event) => fromItem(toItem(event))));
    this.claims.push(...claims);
    return Promise.resolve();
  }

  read(id: string, from = 1, to = Number.MAX_SAFE_INTEGER): Promise<Event[]> {
    const events = this.events.filter((event) => event.id === id && event.$version >= from && event.$version <= to);

    return Promise.resolve(events.toSorted((one, other) => one.$version - other.$version));
  }

  async *streams(): AsyncGenerator<readonly Event[]> {
    for (const id of new Set(this.events.map((event) => event.id))) {
      yield await this.read(id);
    }
  }
}
