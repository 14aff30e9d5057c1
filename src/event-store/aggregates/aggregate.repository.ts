import { randomUUID } from 'node:crypto';

import { LRU } from 'tiny-lru';

import { AlreadyExistsError } from '../errors/already-exists.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { PreconditionFailedError } from '../errors/unexpected-version.error';
import type { CommandContext, CommandResult } from '../commands/command-context';
import { idempotencyRecord } from '../commands/idempotency-record';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Event, Uuid } from '../events/event';
import { retryOnConflict } from '../retry-on-conflict';
import type { Aggregate, AggregateType } from './aggregate';
import { AggregateLoader, type AggregateSources, type Loaded } from './aggregate.loader';

type Decide<TAggregate> = (aggregate: TAggregate) => void | Promise<void>;

const MAXIMUM_WARM = 1_000;

/** Aggregates of one type, in the event log. Keeps those that it has changed last, for the next command on them. */
export class AggregateRepository<TAggregate extends Aggregate> {
  /** Aggregates as their last append left them; not those that a command is being decided on. */
  private readonly warm = new LRU<TAggregate>(MAXIMUM_WARM);
  private readonly loader: AggregateLoader<TAggregate>;

  constructor(
    readonly type: AggregateType<TAggregate>,
    private readonly sources: AggregateSources,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.loader = new AggregateLoader(type, sources);
  }

  /**
   * The aggregate as its events made it, up to the last one.
   *
   * @throws NotFoundError when nothing has this id, or an aggregate of another type has it
   */
  async load(id: Uuid): Promise<TAggregate> {
    return (await this.existing(id)).aggregate;
  }

  /**
   * Keeps what an aggregate is now as its snapshot.
   *
   * @throws NotFoundError as `load`
   */
  async snapshot(id: Uuid): Promise<void> {
    const { version, state } = await this.load(id);
    const { scope, stateVersion } = this.type;

    await this.sources.snapshots.save({ id, version, scope, stateVersion, state });
  }

  /**
   * Loads an aggregate, lets it decide, and appends what it recorded; from the start again when somebody else wrote first.
   * One that is kept from before decides without being loaded, if it decides for events: the append tells whether it was
   * the latest. What it refuses, or takes for done, is decided again on the latest.
   *
   * @throws NotFoundError as `load`
   * @throws PreconditionFailedError when it is not at the version that the context expects
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws ConcurrencyError when it lost every attempt
   */
  async change(id: Uuid, context: CommandContext, decide: Decide<TAggregate>): Promise<CommandResult> {
    const attempted: Event[] = [];
    const attempt = async (aggregate: TAggregate) => {
      this.stamp(aggregate, context);
      attempted.push(...aggregate.recorded);
      return this.append(aggregate, context);
    };
    const warm = this.takeWarm(id);

    if (warm && (await this.decidesForEvents(warm, context, decide))) {
      try {
        return await attempt(warm);
      } catch (error) {
        if (!(error instanceof ConcurrencyError)) {
          throw error;
        }
      }
    }
    return retryOnConflict(async () => {
      const loaded = await this.existing(id);
      const { aggregate } = loaded;
      const done = await this.resultOf(attempted, loaded);

      if (done) {
        return done;
      }
      this.ensureExpected(aggregate, context, aggregate.version);
      await decide(aggregate);
      return attempt(aggregate);
    });
  }

  /**
   * Appends a new aggregate and the claims that it makes.
   *
   * @param isRepeat whether an existing aggregate is what this one would have become: then nothing is appended
   * @throws AlreadyExistsError when the id belongs to one that is not
   * @throws NotFoundError when the id belongs to another type of aggregate
   * @throws PreconditionFailedError when the context expects a version, or expects none and it exists
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws UniqueConstraintError when a claim is somebody else's
   */
  async create(
    created: TAggregate,
    context: CommandContext,
    claims: readonly UniqueClaim[],
    isRepeat: (existing: TAggregate) => boolean,
  ): Promise<CommandResult> {
    this.ensureExpected(created, context, 0);
    this.stamp(created, context);
    return retryOnConflict(async () => {
      try {
        return await this.append(created, context, claims);
      } catch (error) {
        const existing = error instanceof ConcurrencyError ? await this.loader.load(created.id) : undefined;

        if (!existing) {
          throw error;
        }
        return (
          (await this.resultOf(created.recorded, existing)) ??
          (await this.repeat(existing.aggregate, context, isRepeat(existing.aggregate)))
        );
      }
    });
  }

  /**
   * Where an earlier attempt left the aggregate, if it took effect after all: its answer was lost, and the SDK's own retry of it
   * met a conflict. Its events may have been followed by many others since.
   */
  private async resultOf(
    [first, ...others]: readonly Event[],
    { newest }: Loaded<TAggregate>,
  ): Promise<CommandResult | undefined> {
    if (!first) {
      return undefined;
    }
    const isAmongNewest = first.$version >= (newest[0]?.$version ?? 0);
    const events = isAmongNewest ? newest : await this.sources.log.read(first.id, first.$version);
    const attempted = new Set([first, ...others].map(({ eventId }) => eventId));
    const last = events.findLast(({ eventId }) => eventId !== undefined && attempted.has(eventId));

    return last && { id: last.id, version: last.$version };
  }

  /** Accepts a creation of what exists, and changes nothing; or tells why not. */
  private async repeat(existing: TAggregate, context: CommandContext, isRepeat: boolean): Promise<CommandResult> {
    if (!isRepeat) {
      throw new AlreadyExistsError(this.type.name, existing.id);
    }
    this.ensureExpected(existing, context, existing.version);
    return this.append(existing, context);
  }

  /** Takes an aggregate out: a command that fails leaves one that is of no use any more. */
  private takeWarm(id: Uuid): TAggregate | undefined {
    const aggregate = this.warm.get(id);

    this.warm.delete(id);
    return aggregate;
  }

  /** Whether an aggregate that may be stale decides for events. Why it does not, or fails, the latest will say. */
  private async decidesForEvents(
    warm: TAggregate,
    context: CommandContext,
    decide: Decide<TAggregate>,
  ): Promise<boolean> {
    try {
      this.ensureExpected(warm, context, warm.version);
      await decide(warm);
    } catch {
      return false;
    }
    return warm.recorded.length > 0;
  }

  private async existing(id: Uuid): Promise<Loaded<TAggregate>> {
    const loaded = await this.loader.load(id);

    if (!loaded) {
      throw new NotFoundError(this.type.name, id);
    }
    return loaded;
  }

  private ensureExpected({ id }: TAggregate, { expectedVersion }: CommandContext, actual: number): void {
    if (expectedVersion !== undefined && expectedVersion !== actual) {
      throw new PreconditionFailedError(this.type.name, id, expectedVersion, actual);
    }
  }

  private stamp(aggregate: TAggregate, { commandId, correlationId, actor }: CommandContext): void {
    for (const event of aggregate.recorded) {
      event.eventId = randomUUID();
      event.timestamp = this.now().toISOString();
      event.correlationId = correlationId;
      event.causationId = commandId;
      if (actor !== undefined) {
        event.metadata = { ...event.metadata, actor };
      }
    }
  }

  /** Appends what an aggregate recorded, if anything, and remembers that the command was accepted, if it is to be. */
  private async append(
    aggregate: TAggregate,
    { idempotency }: CommandContext,
    claims: readonly UniqueClaim[] = [],
  ): Promise<CommandResult> {
    const { id, version, recorded } = aggregate;
    const record = idempotency && idempotencyRecord(idempotency, { id, version }, this.now());

    if (recorded.length > 0 || record) {
      await this.sources.log.append(recorded, claims, record);
    }
    aggregate.clearChanges();
    this.warm.set(id, aggregate);
    return { id, version };
  }
}
