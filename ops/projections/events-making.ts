import { aggregateTypeOf } from '../../src/event-store/events/event-name';
import type { EventRegistry } from '../../src/event-store/events/event-registry';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { eventsHandledBy, eventsIgnoredBy } from '../../src/event-store/projections/handles-event.decorator';

/**
 * Names of the events that a handler's rows are made of: all of the aggregate types that it follows, but for those that it says it
 * ignores. Its own list of what it handles is not believed: an event that was forgotten there is found.
 */
export function eventsMaking(handler: EventHandler, events: EventRegistry): ReadonlySet<string> {
  const followed = new Set([...eventsHandledBy(handler.constructor)].map(aggregateTypeOf));
  const ignored = eventsIgnoredBy(handler.constructor);

  return new Set([...followed].flatMap((type) => events.namesOf(type)).filter((name) => !ignored.has(name)));
}
