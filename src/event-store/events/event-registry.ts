import { UnknownEventError } from '../errors/unknown-event.error';
import type { Event, EventClass } from './event';
import { aggregateTypeOf } from './event-name';

/** The event types of some aggregates: each with its name, its class, its aggregate type and the version of its payload. */
export class EventRegistry {
  private readonly types: ReadonlyMap<string, readonly EventClass[]>;
  private readonly aggregateTypes: ReadonlySet<string>;

  /**
   * @param types that this code can read
   * @param unreleased names of those that it must not write yet: not every reader knows them
   */
  constructor(
    types: readonly EventClass[],
    private readonly unreleased: ReadonlySet<string> = new Set(),
  ) {
    this.types = Map.groupBy(types, ({ $name }) => $name);
    this.aggregateTypes = new Set([...this.types.keys()].map(aggregateTypeOf));
  }

  /** Names of the events of an aggregate type, `org/bank/account`. */
  namesOf(aggregateType: string): string[] {
    return [...this.types.keys()].filter((name) => aggregateTypeOf(name) === aggregateType);
  }

  /**
   * Refuses an event of these aggregates that this code cannot understand. An event of another aggregate passes:
   * whether it belongs here, the caller decides.
   *
   * @throws UnknownEventError for a name or a payload version that is not registered
   * @throws TypeError for a name that two classes have
   */
  ensureKnown({ id, $version, $name, schemaVersion = 1 }: Event): void {
    const type = this.find($name);

    if (!type && this.aggregateTypes.has(aggregateTypeOf($name))) {
      throw new UnknownEventError(
        `Expected an event that this code knows, and got ${$name}, version ${$version} of the aggregate ${id}.`,
      );
    }
    if (type && type.schemaVersion !== schemaVersion) {
      throw new UnknownEventError(
        `Expected the payload of ${$name} in version ${type.schemaVersion}, and got ${schemaVersion} in version ${$version} of the aggregate ${id}.`,
      );
    }
  }

  /**
   * Refuses to write an event that older code, which still runs beside this one, could not read.
   *
   * @throws UnknownEventError for an event that is announced and not released
   */
  ensureReleased({ $name }: Event): void {
    if (this.unreleased.has($name)) {
      throw new UnknownEventError(
        `Expected a released event, and got ${$name}, which is announced: add it to the parameter releasedEvents once this release is everywhere.`,
      );
    }
  }

  /** A name that is given twice is refused here: it stops its own events, and no others. */
  private find(name: string): EventClass | undefined {
    const [type, second] = this.types.get(name) ?? [];

    if (type && second) {
      throw new TypeError(
        `Expected each event to have a $name of its own, and got ${name} of ${type.name} and ${second.name}.`,
      );
    }
    return type;
  }
}
