import type { Event } from './event';

/**
 * An event as it travels: JSON.
 *
 * @throws SyntaxError for text that is no JSON, TypeError for JSON that is no event
 */
export function parseEvent(json: string): Event {
  const value = JSON.parse(json) as Partial<Event> | null;

  if (typeof value?.id !== 'string' || typeof value.$name !== 'string' || typeof value.$version !== 'number') {
    throw new TypeError('Expected an event with id, $name and $version, and got other JSON.');
  }
  return value as Event;
}
