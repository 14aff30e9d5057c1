import type { Event } from './event';
import type { EventItem } from './event-item';

/**
 * The one way in for events that were stored or sent: what it answers has everything that an event of today has. It is data,
 * without its class. Events from before lack `eventId`, `correlationId`, `causationId` and `metadata`, and may lack
 * `enrichmentData`.
 *
 * @throws TypeError for what is no event
 */
export function decodeEvent(value: unknown): Event {
  const event = value as Partial<Event> | null | undefined;

  if (typeof event?.id !== 'string' || typeof event.$name !== 'string' || typeof event.$version !== 'number') {
    throw new TypeError('Expected an event with id, $name and $version, and got something else.');
  }
  return { enrichmentData: [], ...event } as Event;
}

/**
 * An event as it travels.
 *
 * @throws SyntaxError for text that is no JSON, TypeError for JSON that is no event
 */
export function decodeJson(json: string): Event {
  return decodeEvent(JSON.parse(json));
}

/**
 * An event as the log stores it. The item's key is the authority on whose event it is and which.
 *
 * @throws TypeError for an item that holds no event
 */
export function decodeItem({ id, $version, timestamp, event }: EventItem): Event {
  return decodeEvent({ ...event, id, $version, timestamp });
}
