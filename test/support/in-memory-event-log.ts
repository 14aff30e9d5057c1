import type { IdempotencyRecord } from '../../src/event-store/commands/idempotency-record';
import { AlreadyAcceptedError } from '../../src/event-store/errors/already-accepted.error';
import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import type { Consulted } from '../../src/event-store/event-log/consulted';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { UniqueClaim } from '../../src/event-store/event-log/unique-claim';
import type { Event } from '../../src/event-store/events/event';
import { decodeItem } from '../../src/event-store/events/event-decoder';
import { toItem } from '../../src/event-store/events/event-item';

/** The log's contract without a database: events come back as data, as from one. Claims are kept, not checked. */
export class InMemoryEventLog implements EventLog {
  readonly events: Event[] = [];
  readonly claims: UniqueClaim[] = [];
  readonly records: IdempotencyRecord[] = [];

  append(
    events: readonly Event[],
    claims: readonly UniqueClaim[] = [],
    record?: IdempotencyRecord,
    consulted: readonly Consulted[] = [],
  ): Promise<void> {
    if (record && this.records.some(({ key, expiresAt }) => key === record.key && expiresAt > record.acceptedAt)) {
      return Promise.reject(new AlreadyAcceptedError('A record is there already.'));
    }
    // Appended before: its answer was lost.
    if (events[0]?.eventId !== undefined && this.events.some(({ eventId }) => eventId === events[0]?.eventId)) {
      return Promise.resolve();
    }
    const taken = [...events.map(({ id, $version }) => [id, $version] as const), ...consulted.map(nextOf)];

    if (taken.some(([id, version]) => this.has(id, version))) {
      return Promise.reject(new ConcurrencyError('A version is there already.'));
    }
    this.events.push(...events.map((event) => decodeItem(toItem(event))));
    this.claims.push(...claims);
    this.records.push(...(record ? [record] : []));
    return Promise.resolve();
  }

  read(id: string, from = 1, to = Number.MAX_SAFE_INTEGER): Promise<Event[]> {
    return Promise.resolve(this.eventsOf(id).filter(({ $version }) => $version >= from && $version <= to));
  }

  readNewest(id: string, count: number): Promise<Event[]> {
    return Promise.resolve(this.eventsOf(id).slice(-count));
  }

  async *readAll(): AsyncGenerator<readonly Event[]> {
    for (const id of new Set(this.events.map((event) => event.id))) {
      yield await this.read(id);
    }
  }

  private has(aggregateId: string, version: number): boolean {
    return this.events.some(({ id, $version }) => id === aggregateId && $version === version);
  }

  private eventsOf(aggregateId: string): Event[] {
    return this.events.filter(({ id }) => id === aggregateId).toSorted((one, other) => one.$version - other.$version);
  }
}

function nextOf({ id, version }: Consulted): readonly [string, number] {
  return [id, version + 1];
}
