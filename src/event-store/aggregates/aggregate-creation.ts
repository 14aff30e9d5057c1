import type { CommandContext, CommandResult } from '../commands/command-context';
import { AlreadyExistsError } from '../errors/already-exists.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import type { UniqueClaim } from '../event-log/unique-claim';
import { retryOnConflict } from '../retry-on-conflict';
import type { Aggregate } from './aggregate';
import type { AggregateAppender } from './aggregate.appender';
import type { AggregateLoader } from './aggregate.loader';
import { AppendAttempts } from './append-attempts';
import { ensureExpectedVersion } from './expected-version';

/** What a command wants to be there. */
interface Wanted<TAggregate> {
  readonly created: TAggregate;
  readonly claims: readonly UniqueClaim[];
  /** Whether an existing aggregate is what the created one would have become. */
  readonly isRepeat: (existing: TAggregate) => boolean;
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

    this.ensureExpected(created, 0);
    this.appender.stamp(created, this.context);
    this.attempts.add(created.recorded);
    return retryOnConflict(() => this.attempt());
  }

  private async attempt(): Promise<CommandResult> {
    const { created, claims } = this.wanted;

    try {
      return await this.appender.append(created, this.context, { claims });
    } catch (error) {
      const existing = error instanceof ConcurrencyError ? await this.loader.load(created.id) : undefined;

      if (!existing) {
        throw error;
      }
      return (await this.attempts.result(existing.newest)) ?? (await this.repeat(existing.aggregate));
    }
  }

  /** Accepts a creation of what exists, and changes nothing; or tells why not. */
  private async repeat(existing: TAggregate): Promise<CommandResult> {
    if (!this.wanted.isRepeat(existing)) {
      throw new AlreadyExistsError(this.loader.type.name, existing.id);
    }
    this.ensureExpected(existing, existing.version);
    return this.appender.append(existing, this.context);
  }

  private ensureExpected({ id }: TAggregate, version: number): void {
    ensureExpectedVersion(this.loader.type.name, id, this.context, version);
  }
}
