import type { Event, Uuid } from './event';

/** An event as the event log stores it. Key: `id` + `$version`. */
export interface EventItem {
  readonly id: Uuid;
  readonly $version: number;
  readonly timestamp: string;
  readonly event: Record<string, unknown>;
}

export function toItem(event: Event): EventItem {
  return { id: event.id, $version: event.$version, timestamp: event.timestamp, event: { ...event } };
}

/**
 * The event of an item, as data: without its class. The item's key is the authority on whose event it is and which;
 * items from before lack `eventId`, `correlationId`, `causationId` and `metadata`, and may lack `enrichmentData`.
 */
export function fromItem({ id, $version, timestamp, event }: EventItem): Event {
  return { enrichmentData: [], ...event, id, $version, timestamp } as unknown as Event;
}
