import type { CommandContext, CommandResult } from '../commands/command-context';
import { ConcurrencyError } from '../errors/concurrency.error';
import type { Consulted } from '../event-log/consulted';
import type { Uuid } from '../events/event';
import type { Aggregate } from './aggregate';
import type { AggregateAppender } from './aggregate.appender';
import type { AggregateLoader } from './aggregate.loader';
import { AppendAttempts } from './append-attempts';
import { Consultation, type Consult } from './consultation';
import { ensureVersionCondition } from './version-condition';

/**
 * Lets an aggregate decide, once for each attempt.
 *
 * @param consult reads each other aggregate that the decision rests on
 */
export type Decide<TAggregate> = (aggregate: TAggregate, consult: Consult) => void | Promise<void>;

/** One command on an aggregate that exists. */
export class AggregateChange<TAggregate extends Aggregate> {
  private readonly attempts: AppendAttempts;
  /** Of the decision that was made last. */
  private consulted: readonly Consulted[] = [];

  constructor(
    private readonly loader: AggregateLoader<TAggregate>,
    private readonly appender: AggregateAppender<TAggregate>,
    private readonly context: CommandContext,
    private readonly decide: Decide<TAggregate>,
  ) {
    this.attempts = new AppendAttempts(appender.log);
  }

  /** Whether the last decision rests on another aggregate, too. */
  get consults(): boolean {
    return this.consulted.length > 0;
  }

  /**
   * Lets an aggregate decide that may be stale. The append tells whether it was the latest.
   *
   * @returns `undefined` when the latest has to decide: this one was stale, refused, or recorded nothing
   */
  async ofWarm(warm: TAggregate): Promise<CommandResult | undefined> {
    if (!(await this.decidesForEvents(warm))) {
      return undefined;
    }
    try {
      return await this.append(warm);
    } catch (error) {
      if (error instanceof ConcurrencyError) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Loads the aggregate and lets it decide, unless an earlier attempt turns out to have taken effect.
   *
   * @throws ConcurrencyError when somebody else wrote meanwhile, or when it may have taken effect; another call looks and decides again
   */
  async ofLatest(id: Uuid): Promise<CommandResult> {
    const { aggregate, done } = await this.attempts.look(() => this.latest(id));

    if (done) {
      return done;
    }
    await this.decideOn(aggregate);
    return this.append(aggregate);
  }

  private async latest(id: Uuid): Promise<{ aggregate: TAggregate; done: CommandResult | undefined }> {
    const { aggregate, newest } = await this.loader.loadExisting(id);

    return { aggregate, done: await this.attempts.result(newest) };
  }

  /** Why a stale aggregate decides for nothing, or fails, does not matter: the latest will say. */
  private async decidesForEvents(warm: TAggregate): Promise<boolean> {
    try {
      await this.decideOn(warm);
    } catch {
      return false;
    }
    return warm.recorded.length > 0;
  }

  private async decideOn(aggregate: TAggregate): Promise<void> {
    const { id, version } = aggregate;
    const consultation = new Consultation();

    ensureVersionCondition(this.loader.type.name, id, this.context, version);
    await this.decide(aggregate, consultation.consult);
    this.consulted = consultation.beside(id);
  }

  private append(aggregate: TAggregate): Promise<CommandResult> {
    this.appender.stamp(aggregate, this.context);
    return this.attempts.make(aggregate.recorded, () =>
      this.appender.append(aggregate, this.context, { consulted: this.consulted }),
    );
  }
}
