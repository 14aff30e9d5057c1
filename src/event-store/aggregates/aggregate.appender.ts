import type { CommandContext, CommandResult } from '../commands/command-context';
import { idempotencyRecord } from '../commands/idempotency-record';
import type { Consulted } from '../event-log/consulted';
import type { EventLog } from '../event-log/event-log';
import type { UniqueClaim } from '../event-log/unique-claim';
import type { Aggregate } from './aggregate';
import { stamp } from './stamp';
import type { WarmAggregates } from './warm-aggregates';

/** What an append needs beside its events' versions. */
interface Conditions {
  readonly claims?: readonly UniqueClaim[];
  readonly consulted?: readonly Consulted[];
}

/** Appends what aggregates of one type recorded, and keeps them warm for the next command. */
export class AggregateAppender<TAggregate extends Aggregate> {
  constructor(
    readonly log: EventLog,
    private readonly warm: WarmAggregates<TAggregate>,
    private readonly now: () => Date,
  ) {}

  /** Makes the recorded events this command's: once, however often they are then tried to be appended. */
  stamp({ recorded }: TAggregate, context: CommandContext): void {
    stamp(recorded, context, this.now());
  }

  /** Appends what an aggregate recorded, if anything, and remembers that the command was accepted, if it is to be. */
  async append(
    aggregate: TAggregate,
    { idempotency }: CommandContext,
    { claims = [], consulted = [] }: Conditions = {},
  ): Promise<CommandResult> {
    const { id, version, recorded } = aggregate;
    const record = idempotency && idempotencyRecord(idempotency, { id, version }, this.now());

    if (recorded.length > 0 || record) {
      await this.log.append(recorded, claims, record, consulted);
    }
    aggregate.clearChanges();
    this.warm.keep(aggregate);
    return { id, version };
  }
}
