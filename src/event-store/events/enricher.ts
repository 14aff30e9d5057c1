import type { Event } from './event';

/** Adds to an event what projections of other aggregates need, so that none has to read another's data. */
export interface Enricher<TEvent extends Event> {
  enrich(event: TEvent): void;
}
