import type { Event } from './event';

/** Where the log has an event, and what a log line tells of it: every event is its own. */
export type EventReference = Pick<Event, 'id' | '$version' | '$name' | 'timestamp'>;

/** The reference alone, without whatever else an event has. */
export function referenceTo({ id, $version, $name, timestamp }: EventReference): EventReference {
  return { id, $version, $name, timestamp };
}
