import type { Event } from '../../src/event-store/events/event';

/** One of the engines, asked for nothing but what the pipeline asks of it for some events. */
export interface Engine {
  /** Asks for all of it, in the pipeline's batch sizes. */
  take(events: readonly Event[]): Promise<void>;
}
