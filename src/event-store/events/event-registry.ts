import type { EventClass } from './event';
import { aggregateTypeOf } from './event-name';

/** All types of events that this code knows, by their names. */
export class EventRegistry {
  private readonly types: ReadonlyMap<string, EventClass>;

  /** @throws TypeError for two classes with the same name */
  constructor(types: readonly EventClass[]) {
    for (const [name, [first, second]] of Map.groupBy(types, ({ $name }) => $name)) {
      if (first && second) {
        throw new TypeError(
          `Expected each event to have a $name of its own, and got ${name} of ${first.name} and ${second.name}.`,
        );
      }
    }
    this.types = new Map(types.map((type) => [type.$name, type]));
  }

  /** `undefined` for an event that this code does not know. */
  find(name: string): EventClass | undefined {
    return this.types.get(name);
  }

  /** Names of the events of an aggregate type, `org/iam/user`. */
  namesOf(aggregateType: string): string[] {
    return [...this.types.keys()].filter((name) => aggregateTypeOf(name) === aggregateType);
  }
}
