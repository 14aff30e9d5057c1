import type { Event } from './event';

/** Characters that no event's name has. Others may have written to the log, and a reference has to fit into every message. */
const MAXIMUM_NAME = 500;

/** Where the log has an event, and what a log line tells of it: every event is its own. */
export type EventReference = Pick<Event, 'id' | '$version' | '$name'>;

/** The reference alone, without whatever else an event has; of a name, no more than any event's has. */
export function referenceTo({ id, $version, $name }: EventReference): EventReference {
  return { id, $version, $name: $name.slice(0, MAXIMUM_NAME) };
}
