import { randomUUID } from 'node:crypto';

import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';

import { logger } from '../src/app/logging/logger';
import { toMessage } from '../src/event-store/delivery/event-message';
import { EventQueue } from '../src/event-store/delivery/event-queue';
import type { Event } from '../src/event-store/events/event';
import { accountLifeOf } from '../test/support/account-life';
import { BankApplication } from '../test/support/bank-application';
import { AccountProjection, BANK_TEMPLATE } from '../test/support/bank.module';
import { MappedQueue } from '../test/support/mapped-queue';
import { drain } from '../test/support/queue-messages';
import { startTestCloud, type TestCloud } from '../test/support/test-cloud';
import { alternate, ratio, timesOf } from './support/alternate';
import type { Benchmark } from './support/benchmark';

const EVENTS = 1_000;
const EVENTS_OF_AN_ACCOUNT = 4;
const POISONED = 'with one poisoned aggregate';
const CLEAN = 'without';

/** One aggregate's handler fails for ever: how long do the events of all others take then? */
export const poison: Benchmark = async (tell) => {
  const cloud = await startTestCloud(BANK_TEMPLATE);

  try {
    const queue = await Queue.open(cloud);
    const sides = await alternate({ [CLEAN]: () => queue.project(false), [POISONED]: () => queue.project(true) }, tell);

    return {
      question: `${EVENTS} events of ${EVENTS / EVENTS_OF_AN_ACCOUNT} accounts from their queue to the projections`,
      tables: [timesOf(sides)],
      figures: [{ name: `${POISONED} / ${CLEAN}`, value: ratio(sides, POISONED, CLEAN), atMost: 1.5 }],
    };
  } finally {
    await cloud.stop();
  }
};

class Queue {
  private readonly system: BankApplication;
  private readonly queue: EventQueue;
  private poisoned = '';

  private constructor(private readonly cloud: TestCloud) {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- is called with its `this`
    const { apply } = AccountProjection.prototype;
    const isPoisoned = (event: Event) => event.id === this.poisoned;

    this.system = new BankApplication(cloud);
    this.queue = new EventQueue(cloud.clients.sqs, cloud.attributes('BankAccountQueue').Ref ?? '', logger);
    AccountProjection.prototype.apply = function (this: AccountProjection, event) {
      if (isPoisoned(event)) {
        throw new Error('poison');
      }
      apply.call(this, event);
    };
  }

  static async open(cloud: TestCloud): Promise<Queue> {
    await cloud.clients.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: cloud.attributes('BankAccountQueue').Ref,
        // Poison comes back every second, not every three minutes as on a real stage: it is in the way more often.
        Attributes: { VisibilityTimeout: '1' },
      }),
    );
    return new Queue(cloud);
  }

  /** Sends the events, the poisoned aggregate's first; answers how long it takes until all others are projected. */
  async project(isPoisoned: boolean): Promise<number> {
    const sick = accountLifeOf(randomUUID()).slice(0, EVENTS_OF_AN_ACCOUNT);
    const others = Array.from({ length: EVENTS / EVENTS_OF_AN_ACCOUNT }, () =>
      accountLifeOf(randomUUID()).slice(0, EVENTS_OF_AN_ACCOUNT),
    );

    this.poisoned = isPoisoned ? (sick[0]?.id ?? '') : '';
    await this.system.store(...sick, ...others.flat());
    await this.queue.send([...(isPoisoned ? sick : []), ...others.flat()].map(toMessage));
    const milliseconds = await this.untilProjected();

    await Promise.all(['BankAccountQueue', 'BankAccountDeadLetterQueue'].map((name) => drain(this.cloud, name)));
    return milliseconds;
  }

  private async untilProjected(): Promise<number> {
    const start = performance.now();
    let left = EVENTS;
    const { promise, resolve } = Promise.withResolvers<number>();
    const mapping = new MappedQueue(this.cloud, 'BankAccountQueue', async (event: SQSEvent) => {
      const answer = await this.system.project(event);

      left -= event.Records.length - answer.batchItemFailures.length;
      if (left <= 0) {
        resolve(performance.now() - start);
      }
      return answer;
    });

    const milliseconds = await promise;

    await mapping.stop();
    return milliseconds;
  }
}
