import type { Event } from './event';
import type { EventItem } from './event-item';
import type { EventReference } from './event-reference';
import type { EventRegistry } from './event-registry';

/** DynamoDB's limit of a partition key. */
const MAXIMUM_ID_BYTES = 2_048;

/** What a message says: an event, or where the log has it. */
export interface DecodedMessage {
  readonly reference: EventReference;
  /** Absent where the message holds the reference alone. */
  readonly event?: Event;
}

/**
 * A message as it travels. What carries events need not know them, so any type and payload version is accepted.
 *
 * @throws SyntaxError for text that is no JSON, TypeError for JSON that is neither an event nor the reference to one
 */
export function decodeMessage(json: string): DecodedMessage {
  const value = JSON.parse(json) as { readonly ref?: unknown } | null;

  if (isReference(value?.ref)) {
    return { reference: value.ref };
  }
  const event = decodeEvent(value);

  return { reference: event, event };
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
  if (!isReference(value)) {
    throw new TypeError('Expected an event with id, $name and $version, and got something else.');
  }
  return { enrichmentData: [], ...value };
}

/**
 * Every event has what a reference has, and an id that the log can have as its key. Those of the seed's logs always had a timestamp as
 * well, but nobody needs it to find them.
 */
function isReference(value: unknown): value is EventReference & Pick<Event, 'timestamp'> {
  const { id, $name, $version } = (value ?? {}) as Partial<EventReference>;

  return (
    typeof id === 'string' &&
    Buffer.byteLength(id) <= MAXIMUM_ID_BYTES &&
    typeof $name === 'string' &&
    typeof $version === 'number'
  );
}
