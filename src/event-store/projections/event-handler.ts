import type { Event } from '../events/event';

/** Follows the events of aggregates and makes something of them. */
export interface EventHandler {
  /** Safe to call with any event at any time, again, late or early. An error means that the event is to come again. */
  handle(event: Event): Promise<void>;
}
