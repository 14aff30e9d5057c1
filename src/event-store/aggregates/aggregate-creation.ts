import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import type { CommandContext, CommandResult } from '../commands/command-context';
import { AlreadyExistsError } from '../errors/already-exists.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { IdTakenError } from '../errors/id-taken.error';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Uuid } from '../events/event';
import { retryOnConflict } from '../retry-on-conflict';
import type { Aggregate } from './aggregate';
import type { AggregateAppender } from './aggregate.appender';
import type { AggregateLoader } from './aggregate.loader';
import { AppendAttempts } from './append-attempts';
import { ensureVersionCondition } from './version-condition';

/** What a command wants to be there. */
interface Wanted<TAggregate> {
  readonly created: TAggregate;
  readonly claims: readonly UniqueClaim[];
  /** Whether an existing aggregate is what the created one would have become. */
  readonly isRepeat: (existing: TAggregate) => boolean;
}

/** What is there instead, and where an earlier attempt of this command left it, if it made it. */
interface Existing<TAggregate> {
  readonly aggregate: TAggregate;
  readonly done: CommandResult | undefined;
}

/** One command that makes an aggregate. */
export class AggregateCreation<TAggregate extends Aggregate> {
  private readonly attempts: AppendAttempts;

  constructor(
    private readonly loader: AggregateLoader<TAggregate>,
    private readonly appender: AggregateAppender<TAggregate>,
    private readonly context: CommandContext,
    private readonly wanted: Wanted<TAggregate>,
  ) {
    this.attempts = new AppendAttempts(appender.log);
  }

  async run(): Promise<CommandResult> {
    const { created } = this.wanted;

    this.ensureCondition(created, 0);
    this.appender.stamp(created, this.context);
    return retryOnConflict(() => this.attempt(), { deadline: this.context.deadline });
  }

  private async attempt(): Promise<CommandResult> {
    const { created, claims } = this.wanted;

    try {
      return await this.attempts.make(created.recorded, () => this.appender.append(created, this.context, { claims }));
    } catch (error) {
      const existing = error instanceof ConcurrencyError ? await this.latest(created.id) : undefined;

      if (!existing) {
        throw error;
      }
      return existing.done ?? (await this.repeat(existing.aggregate));
    }
  }

  /** @throws IdTakenError for an id that belongs to another type of aggregate */
  private async latest(id: Uuid): Promise<Existing<TAggregate> | undefined> {
    try {
      return await this.attempts.look(async () => {
        const loaded = await this.loader.load(id);

        return loaded && { aggregate: loaded.aggregate, done: await this.attempts.result(loaded.newest) };
      });
    } catch (error) {
      throw error instanceof NotFoundError ? new IdTakenError(this.loader.type.name, id, { cause: error }) : error;
    }
  }

  /** Accepts a creation of what exists, and changes nothing; or tells why not. */
  private async repeat(existing: TAggregate): Promise<CommandResult> {
    this.ensureCondition(existing, existing.version);
    if (!this.wanted.isRepeat(existing)) {
      throw new AlreadyExistsError(this.loader.type.name, existing.id);
    }
    return this.appender.append(existing, this.context);
  }

  private ensureCondition({ id }: TAggregate, version: number): void {
    ensureVersionCondition(this.loader.type.name, id, this.context, version);
  }
}
