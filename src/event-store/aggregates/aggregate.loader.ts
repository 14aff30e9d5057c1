import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { LogHoleError } from '../errors/log-hole.error';
import type { EventLog } from '../event-log/event-log';
import type { Event, Uuid } from '../events/event';
import { aggregateTypeOf } from '../events/event-name';
import type { Snapshot } from '../snapshots/snapshot';
import type { SnapshotStore } from '../snapshots/snapshot-store';
import type { Aggregate, AggregateClass } from './aggregate';

/** What aggregates are made from. */
export interface AggregateSources {
  readonly log: EventLog;
  readonly snapshots: SnapshotStore;
  /** Events between two snapshots of an aggregate. */
  readonly snapshotInterval: number;
}

export const AggregateSources = Symbol.for('AggregateSources');

/** An aggregate, and the newest events of those that made it. */
interface Loaded<TAggregate> {
  readonly aggregate: TAggregate;
  readonly newest: readonly Event[];
}

/** Brings aggregates of one type back to what their events made them. */
export class AggregateLoader<TAggregate extends Aggregate> {
  constructor(
    readonly type: AggregateClass<TAggregate>,
    private readonly sources: AggregateSources,
  ) {}

  /**
   * Reads the snapshot and the newest events at once; what lies between them, where they do not meet, after that. What is
   * loaded is what the log says, with or without a snapshot.
   *
   * @returns `undefined` for an id without events
   * @throws NotFoundError for an id that belongs to another type of aggregate
   * @throws LogHoleError when a version is missing among those that were read
   */
  async load(id: Uuid): Promise<Loaded<TAggregate> | undefined> {
    const { newest, snapshot } = await this.read(id);
    const [first] = newest;
    const last = newest.at(-1);

    if (!first || !last) {
      return undefined;
    }
    if (aggregateTypeOf(last.$name) !== this.type.aggregateType) {
      throw new NotFoundError(this.type.name, id);
    }
    const aggregate = this.restored(snapshot, last) ?? new this.type(id);
    const isGap = aggregate.version + 1 < first.$version;
    const between = isGap ? await this.sources.log.read(id, aggregate.version + 1, first.$version - 1) : [];

    replay(aggregate, [...between, ...newest]);
    return { aggregate, newest };
  }

  /** @throws NotFoundError for an id without events, and as `load` */
  async loadExisting(id: Uuid): Promise<Loaded<TAggregate>> {
    const loaded = await this.load(id);

    if (!loaded) {
      throw new NotFoundError(this.type.name, id);
    }
    return loaded;
  }

  /** Reads the newest events again where the snapshot is newer than they are: it was made while both were being read. */
  private async read(id: Uuid): Promise<{ newest: readonly Event[]; snapshot: Snapshot | undefined }> {
    const { log, snapshots, snapshotInterval } = this.sources;
    const [newest, snapshot] = await Promise.all([log.readNewest(id, snapshotInterval), snapshots.find(id)]);
    const isBehind = snapshot !== undefined && snapshot.version > (newest.at(-1)?.$version ?? 0);

    return { newest: isBehind ? await log.readNewest(id, snapshotInterval) : newest, snapshot };
  }

  /** `undefined` for a snapshot of another state version, of what the log does not have, or that makes no aggregate. */
  private restored(snapshot: Snapshot | undefined, last: Event): TAggregate | undefined {
    const { aggregateType, stateVersion } = this.type;

    if (snapshot?.aggregateType !== aggregateType || snapshot.stateVersion !== stateVersion) {
      return undefined;
    }
    if (snapshot.version > last.$version) {
      return undefined;
    }
    try {
      const aggregate = new this.type(snapshot.id);

      aggregate.restore(snapshot.state, snapshot.version);
      return aggregate;
    } catch {
      // A snapshot is a shortcut: the events say the same.
      return undefined;
    }
  }
}

/** Replays the events that a snapshot does not have; a version that is missing is noticed among all of them. */
function replay(aggregate: Aggregate, events: readonly Event[]): void {
  let version = Math.min(aggregate.version, (events[0]?.$version ?? 1) - 1);

  for (const event of events) {
    if (event.$version !== version + 1) {
      throw new LogHoleError(event.id, version, event.$version);
    }
    version = event.$version;
    if (version > aggregate.version) {
      aggregate.replay(event);
    }
  }
}
