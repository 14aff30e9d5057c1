import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import type { CommandContext, CommandResult } from '../commands/command-context';
import { idempotencyRecord } from '../commands/idempotency-record';
import { AlreadyExistsError } from '../errors/already-exists.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Uuid } from '../events/event';
import { retryOnConflict } from '../retry-on-conflict';
import type { Aggregate, AggregateClass } from './aggregate';
import { AggregateLoader, type AggregateSources, type Loaded } from './aggregate.loader';
import { AppendAttempts } from './append-attempts';
import { ensureExpectedVersion } from './expected-version';
import { stamp } from './stamp';
import { WarmAggregates } from './warm-aggregates';

type Decide<TAggregate> = (aggregate: TAggregate) => void | Promise<void>;

/** Aggregates of one type, in the event log. Keeps those that it has changed last, for the next command on them. */
export class AggregateRepository<TAggregate extends Aggregate> {
  private readonly warm = new WarmAggregates<TAggregate>();
  private readonly loader: AggregateLoader<TAggregate>;

  constructor(
    readonly type: AggregateClass<TAggregate>,
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
    const { aggregateType, stateVersion } = this.type;

    await this.sources.snapshots.save({ id, version, aggregateType, stateVersion, state });
  }

  /**
   * Loads an aggregate, lets it decide, and appends what it recorded; from the start again when somebody else wrote first.
   * One that is kept from before decides without being loaded, if it decides for events: the append tells whether it was
   * the latest. What it refuses, or takes for done, is decided again on the latest.
   *
   * @throws NotFoundError as `load`
   * @throws UnexpectedVersionError when it is not at the version that the context expects
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws ConcurrencyError when it lost every attempt
   */
  async change(id: Uuid, context: CommandContext, decide: Decide<TAggregate>): Promise<CommandResult> {
    const attempts = new AppendAttempts(this.sources.log);
    const attempt = (aggregate: TAggregate) => {
      stamp(aggregate.recorded, context, this.now());
      attempts.add(aggregate.recorded);
      return this.append(aggregate, context);
    };
    const warm = this.warm.take(id);

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
      const { aggregate, newest } = await this.existing(id);
      const done = await attempts.result(newest);

      if (done) {
        return done;
      }
      ensureExpectedVersion(this.type.name, id, context, aggregate.version);
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
   * @throws UnexpectedVersionError when the context expects a version, or expects none and it exists
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws ClaimTakenError when a claim is somebody else's
   */
  async create(
    created: TAggregate,
    context: CommandContext,
    claims: readonly UniqueClaim[],
    isRepeat: (existing: TAggregate) => boolean,
  ): Promise<CommandResult> {
    const attempts = new AppendAttempts(this.sources.log);

    ensureExpectedVersion(this.type.name, created.id, context, 0);
    stamp(created.recorded, context, this.now());
    attempts.add(created.recorded);
    return retryOnConflict(async () => {
      try {
        return await this.append(created, context, claims);
      } catch (error) {
        const existing = error instanceof ConcurrencyError ? await this.loader.load(created.id) : undefined;

        if (!existing) {
          throw error;
        }
        return (
          (await attempts.result(existing.newest)) ??
          (await this.repeat(existing.aggregate, context, isRepeat(existing.aggregate)))
        );
      }
    });
  }

  /** Accepts a creation of what exists, and changes nothing; or tells why not. */
  private async repeat(existing: TAggregate, context: CommandContext, isRepeat: boolean): Promise<CommandResult> {
    if (!isRepeat) {
      throw new AlreadyExistsError(this.type.name, existing.id);
    }
    ensureExpectedVersion(this.type.name, existing.id, context, existing.version);
    return this.append(existing, context);
  }

  /** Whether an aggregate that may be stale decides for events. Why it does not, or fails, the latest will say. */
  private async decidesForEvents(
    warm: TAggregate,
    context: CommandContext,
    decide: Decide<TAggregate>,
  ): Promise<boolean> {
    try {
      ensureExpectedVersion(this.type.name, warm.id, context, warm.version);
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
    this.warm.keep(aggregate);
    return { id, version };
  }
}
