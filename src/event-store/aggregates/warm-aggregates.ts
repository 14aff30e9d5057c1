import type { Uuid } from '../events/event';
import type { Aggregate } from './aggregate';

const MAXIMUM_WARM = 1_000;

/** Aggregates as their last append left them, those that were used last; never one that a command is being decided on. */
export class WarmAggregates<TAggregate extends Aggregate> {
  /** In the order of their last use, since whatever is used is taken out and put back. */
  private readonly aggregates = new Map<Uuid, TAggregate>();

  keep(aggregate: TAggregate): void {
    this.aggregates.delete(aggregate.id);
    this.aggregates.set(aggregate.id, aggregate);

    const [oldest] = this.aggregates.keys();

    if (oldest !== undefined && this.aggregates.size > MAXIMUM_WARM) {
      this.aggregates.delete(oldest);
    }
  }

  /** Takes an aggregate out: a command that fails leaves one that is of no use any more. */
  take(id: Uuid): TAggregate | undefined {
    const aggregate = this.aggregates.get(id);

    this.aggregates.delete(id);
    return aggregate;
  }
}
