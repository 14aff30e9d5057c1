import type { Event, Uuid } from '../events/event';
import { pascalCase } from '../events/event-name';

/**
 * A document made only from the events of one aggregate: for `org/bank/account/opened` its method `applyAccountOpened` is
 * called. Its version is its checkpoint: the last event that made it.
 */
export abstract class Projection {
  id!: Uuid;
  version = 0;
  timestamp!: string;

  /** Applies the aggregate's next event. */
  apply(event: Event): void {
    const method = `apply${pascalCase(event.$name, -2)}`;
    const apply: unknown = Reflect.get(this, method);

    if (typeof apply !== 'function') {
      throw new TypeError(`${this.constructor.name} needs a method ${method} for the event ${event.$name}.`);
    }
    apply.call(this, event);
    this.id = event.id;
    this.version = event.$version;
    this.timestamp = event.timestamp;
  }
}
