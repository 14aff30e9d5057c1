import type { Uuid } from '../events/event';
import type { Aggregate } from './aggregate';

const MAXIMUM_WARM = 1_000;

/** The aggregates that were used last, as their last append left them. While a command is decided on one, it is not among them. */
export class WarmAggregates<TAggregate extends Aggregate> {
  /** Ordered by their last use: whatever is used is taken out and put back at the end. */
  private readonly aggregates = new Map<Uuid, TAggregate>();

  keep(aggregate: TAggregate): void {
    this.aggregates.delete(aggregate.id);
    this.aggregates.set(aggregate.id, aggregate);

    const [oldest] = this.aggregates.keys();

    if (oldest !== undefined && this.aggregates.size > MAXIMUM_WARM) {
      this.aggregates.delete(oldest);
    }
  }

  /** Takes an aggregate out. A command that fails does not put it back: it may hold what was never appended. */
  take(id: Uuid): TAggregate | undefined {
    const aggregate = this.aggregates.get(id);

    this.aggregates.delete(id);
    return aggregate;
  }
}
