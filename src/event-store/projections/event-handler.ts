import type { Event } from '../events/event';

/** Follows the events of aggregates and makes something of them. */
export interface EventHandler {
  /**
   * Safe to call with any event at any time, again, late or early. An error means that the event is to come again.
   *
   * @param deadline in milliseconds since 1970: nobody waits longer for it. Absent: there is none
   */
  handle(event: Event, deadline?: number): Promise<void>;
}
