import type { Aggregate, AggregateClass } from '../../src/event-store/aggregates/aggregate';
import type { Event } from '../../src/event-store/events/event';

/** An event as the one that makes this version of its aggregate. */
export function at<TEvent extends Event>(version: number, event: TEvent): TEvent {
  const copy = Object.create(Object.getPrototypeOf(event) as object) as TEvent;

  return Object.assign(copy, event, { $version: version });
}

/** An aggregate with this history, as if loaded from the log; the events make its versions from 1 on. */
export function given<TAggregate extends Aggregate>(
  type: AggregateClass<TAggregate>,
  ...history: readonly [Event, ...Event[]]
): TAggregate {
  const aggregate = new type(history[0].id);

  history.forEach((event, index) => {
    aggregate.replay(at(index + 1, event));
  });
  return aggregate;
}

/** The error that a decision is refused with. Throws when it is not refused. */
export function rejection(decide: () => unknown): unknown {
  try {
    decide();
  } catch (error) {
    return error;
  }
  throw new Error('Expected the decision to be refused, and it was not.');
}
