import type { Event } from './event';
import type { EventItem } from './event-item';
import type { EventRegistry } from './event-registry';

/**
 * An event as it travels. What carries events need not know them, so any type and payload version is accepted.
 *
 * @throws SyntaxError for text that is no JSON, TypeError for JSON that is no event
 */
export function decodeJson(json: string): Event {
  return decodeEvent(JSON.parse(json));
}

/**
 * An event as the log stores it. The item's key is the authority on whose event it is and which.
 *
 * @param registry of the events that may be there; without it, any type and payload version is accepted
 * @throws TypeError for an item that holds no event
 * @throws UnknownEventError for one that the registry does not know
 */
export function decodeItem({ id, $version, timestamp, event: content }: EventItem, registry?: EventRegistry): Event {
  const event = decodeEvent({ ...content, id, $version, timestamp });

  registry?.ensureKnown(event);
  return event;
}

/**
 * What was stored or sent, with everything that an event of today has. It is data, without its class. Events from before
 * lack `eventId`, `correlationId`, `causationId` and `metadata`, and may lack `enrichmentData`.
 */
function decodeEvent(value: unknown): Event {
  const event = value as Partial<Event> | null | undefined;

  if (typeof event?.id !== 'string' || typeof event.$name !== 'string' || typeof event.$version !== 'number') {
    throw new TypeError('Expected an event with id, $name and $version, and got something else.');
  }
  return { enrichmentData: [], ...event } as Event;
}
