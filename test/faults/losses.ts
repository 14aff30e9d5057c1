import type { Event, Uuid } from '../../src/event-store/events/event';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { eventsHandledBy } from '../../src/event-store/projections/handles-event.decorator';
import type { EventKeys } from './event-keys';
import type { EventKey } from './stream-faults';

/** What has become of the events that streams lost. */
export interface Losses {
  /** There was another record of it. */
  readonly cameAgain: number;
  /** The next event of its aggregate brought it along to every handler that handles it. */
  readonly healed: number;
  /** For some handler there was no such event. */
  readonly unhealed: readonly EventKey[];
}

export interface Delivered {
  readonly streams: ReadonlyMap<Uuid, readonly Event[]>;
  readonly handlers: readonly EventHandler[];
  /** The events that came to the queues. */
  readonly delivered: EventKeys;
}

export function lossesOf(lost: readonly EventKey[], delivery: Delivered): Losses {
  const missing = lost.filter((event) => !delivery.delivered.has(event));
  const unhealed = missing.filter((event) => !isHealed(event, delivery));

  return { cameAgain: lost.length - missing.length, healed: missing.length - unhealed.length, unhealed };
}

/** Whether each handler of the event had a later event of the aggregate, one that it handles. */
function isHealed({ aggregateId, version }: EventKey, { streams, handlers, delivered }: Delivered): boolean {
  const stream = streams.get(aggregateId) ?? [];
  const lost = stream.find(({ $version }) => $version === version);
  const isHandledBy = (handler: EventHandler, { $name }: Event) => eventsHandledBy(handler.constructor).has($name);
  const came = stream.filter(({ $version }) => delivered.has({ aggregateId, version: $version }));

  return handlers
    .filter((handler) => lost && isHandledBy(handler, lost))
    .every((handler) => came.some((event) => event.$version > version && isHandledBy(handler, event)));
}
