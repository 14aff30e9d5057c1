import type { Event, Uuid } from './event';

/** An event as the event log stores it. Key: `id` + `$version`. */
export interface EventItem {
  readonly id: Uuid;
  readonly $version: number;
  readonly timestamp: string;
  readonly event: Record<string, unknown>;
}

/** The item that stores an event. */
export function toItem(event: Event): EventItem {
  return { id: event.id, $version: event.$version, timestamp: event.timestamp, event: { ...event } };
}
