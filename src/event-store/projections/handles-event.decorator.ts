import type { EventClass } from '../events/event';
import type { EventHandler } from './event-handler';

type EventHandlerClass = new (...args: never[]) => EventHandler;

const HANDLED = Symbol('handles-event');
const IGNORED = Symbol('ignores-event');

/** Says which events a handler class handles. */
export function HandlesEvent(...events: readonly EventClass[]) {
  return (handler: EventHandlerClass): void => {
    Reflect.defineMetadata(HANDLED, namesOf(events), handler);
  };
}

/** Says which events of the aggregates that a handler follows leave its rows as they are: an event that is just forgotten is a mistake. */
export function IgnoresEvent(...events: readonly EventClass[]) {
  return (handler: EventHandlerClass): void => {
    Reflect.defineMetadata(IGNORED, namesOf(events), handler);
  };
}

/** Names of the events that a handler class handles. */
export function eventsHandledBy(handler: object): ReadonlySet<string> {
  return (Reflect.getMetadata(HANDLED, handler) as ReadonlySet<string> | undefined) ?? new Set();
}

/** Names of the events that a handler class leaves out on purpose. */
export function eventsIgnoredBy(handler: object): ReadonlySet<string> {
  return (Reflect.getMetadata(IGNORED, handler) as ReadonlySet<string> | undefined) ?? new Set();
}

function namesOf(events: readonly EventClass[]): ReadonlySet<string> {
  return new Set(events.map(({ $name }) => $name));
}
