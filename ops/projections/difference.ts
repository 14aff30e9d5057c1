import { isDeepStrictEqual } from 'node:util';

import type { Event, Uuid } from '../../src/event-store/events/event';
import type { Key, Made, ProjectionInspection } from './projection-inspection';

/** A projection is not what the log makes of it. */
export interface Difference {
  readonly projection: string;
  /** Whose events say so. */
  readonly aggregateId: Uuid;
  /** The row's key, or `checkpoint`. */
  readonly of: string;
  /** What the log makes of it; absent: there should be nothing. */
  readonly expected?: unknown;
  /** What there is; absent: nothing. */
  readonly stored?: unknown;
}

/** What a projection holds of an aggregate against what its events make up to the same checkpoint. */
export async function compare(
  projection: ProjectionInspection,
  aggregateId: Uuid,
  events: readonly Event[],
  strangers: Iterable<Key> = [],
): Promise<Difference[]> {
  const stored = await projection.stored(aggregateId, new Set([...projection.touched(events), ...strangers]));
  const last = projection.expected(events).checkpoint;
  const expected = projection.expected(events.filter(({ $version }) => $version <= stored.checkpoint));
  const about = { projection: projection.name, aggregateId };

  return [
    ...(stored.checkpoint === last ? [] : [{ ...about, of: 'checkpoint', expected: last, stored: stored.checkpoint }]),
    ...differingRows(expected, stored).map((difference) => ({ ...about, ...difference })),
  ];
}

function differingRows(expected: Made, stored: Made): { of: Key; expected?: unknown; stored?: unknown }[] {
  return [...new Set([...expected.rows.keys(), ...stored.rows.keys()])]
    .map((key) => ({ of: key, expected: expected.rows.get(key), stored: stored.rows.get(key) }))
    .filter((row) => !isDeepStrictEqual(row.expected, row.stored));
}
