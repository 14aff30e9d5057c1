import { isDeepStrictEqual } from 'node:util';

import type { ProjectionInspection } from '../../ops/projections/projection-inspection';
import type { EventLog } from '../../src/event-store/event-log/event-log';

/** Rows that are not what the log makes up to their own checkpoint: a projection may be behind, and never wrong. */
export async function wrongRows(log: EventLog, projections: readonly ProjectionInspection[]): Promise<string[]> {
  const wrong: string[] = [];

  for await (const history of log.readAll((unreadable) => wrong.push(unreadable.aggregateId))) {
    for (const projection of projections) {
      const { id } = history[0]!;
      const stored = await projection.stored(id, new Set(projection.touched(history)));
      const expected = projection.expected(history.filter(({ $version }) => $version <= stored.checkpoint));

      if (!isDeepStrictEqual(stored.rows, expected.rows)) {
        wrong.push(`${projection.name} of ${id} at ${stored.checkpoint}`);
      }
    }
  }
  return wrong;
}
