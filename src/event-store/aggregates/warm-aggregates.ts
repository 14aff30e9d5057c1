import { LRU } from 'tiny-lru';

import type { Uuid } from '../events/event';
import type { Aggregate } from './aggregate';

const MAXIMUM_WARM = 1_000;

/** Aggregates as their last append left them, those that were used last; never one that a command is being decided on. */
export class WarmAggregates<TAggregate extends Aggregate> {
  private readonly aggregates = new LRU<TAggregate>(MAXIMUM_WARM);

  keep(aggregate: TAggregate): void {
    this.aggregates.set(aggregate.id, aggregate);
  }

  /** Takes an aggregate out: a command that fails leaves one that is of no use any more. */
  take(id: Uuid): TAggregate | undefined {
    const aggregate = this.aggregates.get(id);

    this.aggregates.delete(id);
    return aggregate;
  }
}
