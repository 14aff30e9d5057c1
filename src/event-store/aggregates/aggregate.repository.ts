import type { CommandContext, CommandResult } from '../commands/command-context';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Uuid } from '../events/event';
import { retryOnConflict } from '../retry-on-conflict';
import type { Aggregate, AggregateClass } from './aggregate';
import { AggregateChange, type Decide } from './aggregate-change';
import { AggregateCreation } from './aggregate-creation';
import { AggregateAppender } from './aggregate.appender';
import { AggregateLoader, type AggregateSources } from './aggregate.loader';
import { WarmAggregates } from './warm-aggregates';

/** Aggregates of one type, in the event log. Keeps those that it has changed last, for the next command on them. */
export class AggregateRepository<TAggregate extends Aggregate> {
  private readonly warm = new WarmAggregates<TAggregate>();
  private readonly loader: AggregateLoader<TAggregate>;
  private readonly appender: AggregateAppender<TAggregate>;

  constructor(
    readonly type: AggregateClass<TAggregate>,
    private readonly sources: AggregateSources,
    now: () => Date = () => new Date(),
  ) {
    this.loader = new AggregateLoader(type, sources);
    this.appender = new AggregateAppender(sources.log, this.warm, now);
  }

  /**
   * The aggregate as its events made it, up to the last one.
   *
   * @throws NotFoundError when nothing has this id, or an aggregate of another type has it
   */
  async load(id: Uuid): Promise<TAggregate> {
    return (await this.loader.loadExisting(id)).aggregate;
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
   * Loads an aggregate, lets it decide, and appends what it recorded. When somebody else wrote first, it starts again.
   * A warm aggregate decides without being loaded: the append tells whether it was the latest. When it records nothing, or
   * refuses, the latest decides again. What it consults must not have changed by then either: it starts again then, too.
   *
   * @throws NotFoundError as `load`
   * @throws UnexpectedVersionError when its version does not meet the context's condition
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws ConcurrencyError when it lost every attempt; its kind OutcomeUnknownError when one of them may have taken effect
   */
  async change(id: Uuid, context: CommandContext, decide: Decide<TAggregate>): Promise<CommandResult> {
    const change = new AggregateChange(this.loader, this.appender, context, decide);
    const warm = this.warm.take(id);

    return (
      (warm && (await change.ofWarm(warm))) ??
      retryOnConflict(() => change.ofLatest(id), { deadline: context.deadline, consults: () => change.consults })
    );
  }

  /**
   * Appends a new aggregate and the claims that it makes.
   *
   * @param isRepeat whether an existing aggregate is what this one would have become: then nothing is appended
   * @throws AlreadyExistsError when the id belongs to one that is not
   * @throws IdTakenError when the id belongs to another type of aggregate
   * @throws UnexpectedVersionError when the context's condition is not met by what does not exist, or by what does
   * @throws AlreadyAcceptedError when the context's idempotency key has a record
   * @throws ClaimTakenError when a claim is somebody else's
   */
  async create(
    created: TAggregate,
    context: CommandContext,
    claims: readonly UniqueClaim[],
    isRepeat: (existing: TAggregate) => boolean,
  ): Promise<CommandResult> {
    return new AggregateCreation(this.loader, this.appender, context, { created, claims, isRepeat }).run();
  }
}
