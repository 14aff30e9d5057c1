import type { EventClass } from '../events/event';
import type { EventHandler } from './event-handler';

const EVENTS = Symbol('handles-event');

/** Says which events a handler class handles. */
export function HandlesEvent(...events: readonly EventClass[]) {
  return (handler: new (...args: never[]) => EventHandler): void => {
    Reflect.defineMetadata(EVENTS, new Set(events.map(({ $name }) => $name)), handler);
  };
}

/** Names of the events that a handler class handles. */
export function eventsHandledBy(handler: object): ReadonlySet<string> {
  return (Reflect.getMetadata(EVENTS, handler) as ReadonlySet<string> | undefined) ?? new Set();
}
