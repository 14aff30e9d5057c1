import { randomUUID } from 'node:crypto';

import { AlreadyExistsError } from '../../app/errors/already-exists.error';
import { ConcurrencyError } from '../../app/errors/concurrency.error';
import { NotFoundError } from '../../app/errors/not-found.error';
import type { CommandContext, CommandResult } from '../commands/command-context';
import type { EventLog } from '../event-log/event-log';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Uuid } from '../events/event';
import { scopeOf } from '../events/event-name';
import type { Aggregate, AggregateType } from './aggregate';
import { retryOnConflict } from '../retry-on-conflict';

/** Aggregates of one type, in the event log. */
export class AggregateRepository<TAggregate extends Aggregate> {
  constructor(
    private readonly type: AggregateType<TAggregate>,
    private readonly log: EventLog,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * The aggregate as its events made it.
   *
   * @throws NotFoundError when nothing has this id, or an aggregate of another type has it
   */
  async load(id: Uuid): Promise<TAggregate> {
    const aggregate = await this.find(id);

    if (!aggregate) {
      throw new NotFoundError(this.type.name, id);
    }
    return aggregate;
  }

  /**
   * Loads an aggregate, lets it decide, and appends what it recorded; from the start again when somebody else wrote first.
   *
   * @throws NotFoundError as `load`
   * @throws ConcurrencyError when it lost every attempt
   */
  async change(
    id: Uuid,
    context: CommandContext,
    decide: (aggregate: TAggregate) => void | Promise<void>,
  ): Promise<CommandResult> {
    return retryOnConflict(async () => {
      const aggregate = await this.load(id);

      await decide(aggregate);
      return this.append(aggregate, context);
    });
  }

  /**
   * Appends a new aggregate and the claims that it makes.
   *
   * @param isRepeat whether an existing aggregate is what this one would have become: then nothing is appended
   * @throws AlreadyExistsError when the id belongs to one that is not
   * @throws NotFoundError when the id belongs to another type of aggregate
   * @throws UniqueConstraintError when a claim is somebody else's
   */
  async create(
    created: TAggregate,
    context: CommandContext,
    claims: readonly UniqueClaim[],
    isRepeat: (existing: TAggregate) => boolean,
  ): Promise<CommandResult> {
    return retryOnConflict(async () => {
      try {
        return await this.append(created, context, claims);
      } catch (error) {
        const existing = error instanceof ConcurrencyError ? await this.find(created.id) : undefined;

        if (!existing) {
          throw error;
        }
        if (!isRepeat(existing)) {
          throw new AlreadyExistsError(this.type.name, created.id);
        }
        return { id: existing.id, version: existing.version };
      }
    });
  }

  private async find(id: Uuid): Promise<TAggregate | undefined> {
    const events = await this.log.read(id);
    const [first] = events;

    if (!first) {
      return undefined;
    }
    if (scopeOf(first.$name) !== this.type.scope) {
      throw new NotFoundError(this.type.name, id);
    }
    const aggregate = new this.type(id);

    events.forEach((event) => {
      aggregate.replay(event);
    });
    return aggregate;
  }

  private async append(
    aggregate: TAggregate,
    { commandId, correlationId }: CommandContext,
    claims: readonly UniqueClaim[] = [],
  ): Promise<CommandResult> {
    for (const event of aggregate.recorded) {
      event.eventId ??= randomUUID();
      event.timestamp = this.now().toISOString();
      event.correlationId = correlationId;
      event.causationId = commandId;
    }
    if (aggregate.recorded.length > 0) {
      await this.log.append(aggregate.recorded, claims);
    }
    return { id: aggregate.id, version: aggregate.version };
  }
}
