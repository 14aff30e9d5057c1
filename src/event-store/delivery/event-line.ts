import type { Event } from '../events/event';
import type { EventReference } from '../events/event-reference';

type Told = EventReference & Partial<Pick<Event, 'correlationId' | 'metadata'>>;

/** What a log line says of an event: enough to find it, and nothing of its payload. */
export function eventLine({ $name, id, $version, correlationId, metadata }: Told) {
  return { event: $name, aggregateId: id, version: $version, correlationId, actor: metadata?.actor };
}
