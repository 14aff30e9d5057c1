import type { Event } from '../events/event';

/** What a log line says of an event: enough to find it, and nothing of its payload. */
export function eventLine({ $name, id, $version, correlationId, metadata }: Event) {
  return { event: $name, aggregateId: id, version: $version, correlationId, actor: metadata?.actor };
}
