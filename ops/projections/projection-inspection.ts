import type { Event, Uuid } from '../../src/event-store/events/event';

/** A row's key as JSON, for example `{"id":"…"}`. */
export type Key = string;

/** What a handler has made of one aggregate's events, or should have made. */
export interface Made {
  /** Version of the last event applied; 0: none. */
  readonly checkpoint: number;
  /** Rows as plain data. */
  readonly rows: ReadonlyMap<Key, unknown>;
}

/** All that one handler has made, as an operator looks at it. */
export interface ProjectionInspection {
  /** The projection's name. */
  readonly name: string;
  /** Names of the events that it is made of. */
  readonly handled: ReadonlySet<string>;
  /** What events make, all of one aggregate from its first on. */
  expected(events: readonly Event[]): Made;
  /** Keys of all rows that events have ever made or removed. */
  touched(events: readonly Event[]): ReadonlySet<Key>;
  /** How far an aggregate's events have been applied; 0: none. */
  checkpoint(id: Uuid): Promise<number>;
  /** What there is of an aggregate: its checkpoint, and those of its rows that have these keys. */
  stored(id: Uuid, keys: Iterable<Key>): Promise<Made>;
  /** Every row's key, and the aggregate whose events make that row. */
  keys(): AsyncIterable<{ readonly key: Key; readonly aggregateId: Uuid }>;
  /** Removes an aggregate's rows and its checkpoint; answers how many rows. */
  clear(id: Uuid): Promise<number>;
}

/** A row as it would come back from a table: without a class, and without what is undefined. */
export function plain(row: object): unknown {
  return JSON.parse(JSON.stringify(row));
}
