import { createHash } from 'node:crypto';

import type { Event } from '../../src/event-store/events/event';
import { withoutRun } from './aggregate-id';
import type { Sent } from './api-clients';

/** The same for runs in which the same was sent, answered and appended; times and event ids count for nothing. */
export function fingerprint(sent: readonly Sent[], streams: ReadonlyMap<string, readonly Event[]>): string {
  const lines = [...sent, ...[...streams.values()].flat()].map((each) => withoutRun(JSON.stringify(each, lasting)));

  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 12);
}

/** What a run decides; the properties in an order of their own, since a table gives them back in any. */
function lasting(key: string, value: unknown): unknown {
  if (key === 'timestamp' || key === 'eventId') {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}
