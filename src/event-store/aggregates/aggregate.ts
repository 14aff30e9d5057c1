import { AggregateRoot } from '@node-ts/ddd/dist/domain';

import type { Event, Uuid } from '../events/event';
import { pascalCase } from '../events/event-name';
import type { AggregateState } from '../snapshots/snapshot';

/** A class of aggregates. */
export interface AggregateClass<TAggregate extends Aggregate> {
  /** What its events' names begin with: `org/bank/account`. */
  readonly aggregateType: string;
  /**
   * Version of `state`: raised with every change of what it holds, or of how events make it. Snapshots of another one
   * are not read.
   */
  readonly stateVersion: number;
  readonly name: string;
  new (id: Uuid): TAggregate;
}

export type { AggregateState };

/**
 * An aggregate whose state is made only by its events: for `org/bank/account/opened` its method `whenOpened` is called.
 * Its public methods decide; its `when…` methods change state and cannot fail.
 */
export abstract class Aggregate extends AggregateRoot {
  /** Events recorded since it was loaded, in order; each carries the version that it makes. */
  get recorded(): readonly Event[] {
    return this.changes as Event[];
  }

  /** All that its events have made of it, but for its id and version. */
  abstract get state(): AggregateState;

  /** Brings back a state that it had at a version: the same as replaying the events up to there. */
  restore(state: AggregateState, version: number): void {
    this.restoreState(state);
    this.version = version;
  }

  /** Brings back a stored event: changes state, records nothing. */
  replay(event: Event): void {
    const method = `when${pascalCase(event.$name, -1)}`;
    const when: unknown = Reflect.get(this, method);

    if (typeof when !== 'function') {
      throw new TypeError(`${this.constructor.name} needs a method ${method} for the event ${event.$name} in its log.`);
    }
    when.call(this, event);
    this.version = event.$version;
  }

  protected abstract restoreState(state: AggregateState): void;

  /** Decides for an event: changes state and records it to be appended. */
  protected record<TEvent extends Event>(event: TEvent): TEvent {
    event.$version = this.version + 1;
    this.when(event);
    return event;
  }
}
