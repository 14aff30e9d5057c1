import { PurgeQueueCommand } from '@aws-sdk/client-sqs';

import { inspectionsOf } from '../../ops/projections/inspections-of';
import { type Verified, Verification } from '../../ops/projections/verification';
import { DeadLetters } from '../../ops/queues/dead-letters';
import { EventRoute } from '../../ops/queues/event-route';
import { type QueueDepth, readQueues } from '../../ops/queues/queues';
import { Replay, type Replayed } from '../../ops/queues/replay';
import { logger } from '../../src/app/logging/logger';
import { queueNameOf } from '../../src/app/naming/queue-name';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { Uuid } from '../../src/event-store/events/event';
import type { Projection } from '../../src/event-store/projections/projection';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import { BankApplication } from '../support/bank-application';
import { type AccountProjection, type BranchProjection, BranchProjectionRepository } from '../support/bank.module';
import type { TestCloud } from '../support/test-cloud';
import { until } from './until';
import { wrongRows } from './wrong-rows';

const SILENT = { advance: () => undefined };
const QUEUES = ['BankAccountQueue', 'BankBranchQueue', 'RetryQueue'];
/** Of each of these queues. */
const DEAD_LETTER_QUEUES = ['BankAccountDeadLetterQueue', 'BankBranchDeadLetterQueue', 'QuarantineQueue'];

/** How many messages are in a queue, and in that of its dead letters. */
export interface Depth {
  readonly name: string;
  readonly waiting: number;
  readonly dead: number;
}

/** Who looks at the rows and the queues of a stage, and mends them, with the tools of today. */
export class BankOperator {
  private readonly bank: BankApplication;

  constructor(private readonly cloud: TestCloud) {
    this.bank = new BankApplication(cloud);
  }

  /** The rows of accounts, where there are any. */
  accounts(ids: readonly Uuid[]): Promise<AccountProjection[]> {
    return rowsOf(this.bank.accounts, ids);
  }

  /** The rows of branches, where there are any. */
  branches(ids: readonly Uuid[]): Promise<BranchProjection[]> {
    return rowsOf(this.bank.app.get<ProjectionRepository<BranchProjection>>(BranchProjectionRepository), ids);
  }

  async depths(): Promise<Depth[]> {
    const urls = new Map([...QUEUES, ...DEAD_LETTER_QUEUES].map((name) => [name, this.url(name)]));
    const queues = await readQueues(this.cloud.clients.sqs, urls);

    return queues.map(({ name, deadLetters, ...depth }) => ({
      name,
      waiting: messagesIn(depth),
      dead: messagesIn(deadLetters!),
    }));
  }

  async depth(queue: string): Promise<Depth> {
    return (await this.depths()).find(({ name }) => name === queue)!;
  }

  async untilEmpty(queue: string): Promise<void> {
    await until(`${queue} to be empty`, async () => (await this.depth(queue)).waiting === 0 || undefined);
  }

  wrongRows(): Promise<string[]> {
    return wrongRows(this.bank.log, this.inspections);
  }

  verify(): Promise<Verified> {
    return new Verification(this.bank.log, this.inspections, SILENT).run();
  }

  /** All dead letters of all queues; answers how many were sent, and how many are left. */
  async redrive(): Promise<{ redriven: number; left: number }> {
    const route = new EventRoute(this.queueOf, this.bank.log, logger);
    const results = await Promise.all(
      DEAD_LETTER_QUEUES.map((name) => new DeadLetters(this.cloud.clients.sqs, this.url(name)).redrive(route, SILENT)),
    );

    return results.reduce(
      (sum, { redriven, unreadable, left }) => ({
        redriven: sum.redriven + redriven,
        left: sum.left + left + unreadable,
      }),
      { redriven: 0, left: 0 },
    );
  }

  replay(): Promise<Replayed> {
    return new Replay(this.bank.log, this.queueOf, SILENT).all();
  }

  /** How many events the log has. */
  async events(): Promise<number> {
    let count = 0;

    for await (const history of this.bank.log.readAll(() => undefined)) {
      count += history.length;
    }
    return count;
  }

  /** Leaves nothing to the next test. */
  async clear(): Promise<void> {
    for (const name of [...QUEUES, ...DEAD_LETTER_QUEUES]) {
      await this.cloud.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: this.url(name) }));
    }
    await this.bank.empty();
  }

  private get inspections() {
    return inspectionsOf(this.bank.app.eventHandlers, this.bank.app.events);
  }

  private readonly queueOf = (aggregateType: string) =>
    new EventQueue(this.cloud.clients.sqs, this.url(queueNameOf(aggregateType)), logger);

  private url(queue: string): string {
    return this.cloud.attributes(queue).Ref!;
  }
}

function messagesIn({ waiting, inFlight }: Pick<QueueDepth, 'waiting' | 'inFlight'>): number {
  return waiting + inFlight;
}

async function rowsOf<TRow extends Projection>(
  repository: ProjectionRepository<TRow>,
  ids: readonly Uuid[],
): Promise<TRow[]> {
  const rows = await Promise.all(ids.map((id) => repository.get(id)));

  return rows.filter((row) => row !== undefined);
}
