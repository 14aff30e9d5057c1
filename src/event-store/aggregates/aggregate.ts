import { AggregateRoot } from '@node-ts/ddd/dist/domain';

import type { Event, Uuid } from '../events/event';
import { pascalCase } from '../events/event-name';

/** A class of aggregates. */
export interface AggregateType<TAggregate extends Aggregate> {
  /** Scope of its events' names: `org/iam/user`. */
  readonly scope: string;
  readonly name: string;
  new (id: Uuid): TAggregate;
}

/**
 * An aggregate whose state is made only by its events: for `org/iam/user/registered` its method `whenRegistered` is called.
 * Its public methods decide; its `when…` methods change state and cannot fail.
 */
export abstract class Aggregate extends AggregateRoot {
  /** Events recorded since it was loaded, in order; each carries the version that it makes. */
  get recorded(): readonly Event[] {
    return this.changes as Event[];
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

  /** Decides for an event: changes state and records it to be appended. */
  protected record<TEvent extends Event>(event: TEvent): TEvent {
    event.$version = this.version + 1;
    this.when(event);
    return event;
  }
}
