import { randomUUID } from 'node:crypto';

import { AlreadyExistsError } from '../../app/errors/already-exists.error';
import { ConcurrencyError } from '../../app/errors/concurrency.error';
import { NotFoundError } from '../../app/errors/not-found.error';
import { PreconditionFailedError } from '../../app/errors/precondition-failed.error';
import type { CommandContext, CommandResult } from '../commands/command-context';
import type { EventLog } from '../event-log/event-log';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Event, Uuid } from '../events/event';
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
    return this.existing(id, await this.log.read(id));
  }

  /**
   * Loads an aggregate, lets it decide, and appends what it recorded; from the start again when somebody else wrote first.
   *
   * @throws NotFoundError as `load`
   * @throws PreconditionFailedError when it is not at the version that the context expects
   * @throws ConcurrencyError when it lost every attempt
   */
  async change(
    id: Uuid,
    context: CommandContext,
    decide: (aggregate: TAggregate) => void | Promise<void>,
  ): Promise<CommandResult> {
    const attempted = new Set<Uuid | undefined>();

    return retryOnConflict(async () => {
      const events = await this.log.read(id);
      // An earlier attempt took effect, its answer was lost, and the SDK's retry of it met a conflict.
      const done = events.findLast(({ eventId }) => eventId !== undefined && attempted.has(eventId));

      if (done) {
        return { id, version: done.$version };
      }
      const aggregate = this.existing(id, events);

      this.ensureExpected(aggregate, context, aggregate.version);
      await decide(aggregate);
      this.stamp(aggregate, context);
      aggregate.recorded.forEach(({ eventId }) => attempted.add(eventId));
      return this.append(aggregate);
    });
  }

  /**
   * Appends a new aggregate and the claims that it makes.
   *
   * @param isRepeat whether an existing aggregate is what this one would have become: then nothing is appended
   * @throws AlreadyExistsError when the id belongs to one that is not
   * @throws NotFoundError when the id belongs to another type of aggregate
   * @throws PreconditionFailedError when the context expects a version: what is created has none yet
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
        return await this.append(created, claims);
      } catch (error) {
        const existing =
          error instanceof ConcurrencyError ? this.replay(created.id, await this.log.read(created.id)) : undefined;

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

  private existing(id: Uuid, events: readonly Event[]): TAggregate {
    const aggregate = this.replay(id, events);

    if (!aggregate) {
      throw new NotFoundError(this.type.name, id);
    }
    return aggregate;
  }

  /** `undefined` without events; throws NotFoundError for those of another type. */
  private replay(id: Uuid, events: readonly Event[]): TAggregate | undefined {
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

  private ensureExpected({ id }: TAggregate, { expectedVersion }: CommandContext, actual: number): void {
    if (expectedVersion !== undefined && expectedVersion !== actual) {
      throw new PreconditionFailedError(this.type.name, id, expectedVersion, actual);
    }
  }

  private stamp(aggregate: TAggregate, { commandId, correlationId }: CommandContext): void {
    for (const event of aggregate.recorded) {
      event.eventId = randomUUID();
      event.timestamp = this.now().toISOString();
      event.correlationId = correlationId;
      event.causationId = commandId;
    }
  }

  private async append(aggregate: TAggregate, claims: readonly UniqueClaim[] = []): Promise<CommandResult> {
    if (aggregate.recorded.length > 0) {
      await this.log.append(aggregate.recorded, claims);
    }
    return { id: aggregate.id, version: aggregate.version };
  }
}
