import { randomUUID } from 'node:crypto';

import { PurgeQueueCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import { poll } from '../../local/poll.ts';
import { logger } from '../../src/app/logging/logger';
import { toMessage } from '../../src/event-store/delivery/event-message';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventRoute } from '../../ops/queues/event-route';
import type { Event } from '../../src/event-store/events/event';
import { DeadLetters, type RedriveRoute } from '../../ops/queues/dead-letters';
import type { Progress } from '../../ops/support/progress';
import { readQueues } from '../../ops/queues/queues';
import { inspectionsOf } from '../../ops/projections/inspections-of';
import { Verification } from '../../ops/projections/verification';
import { accountLifeOf, LAST_OWNER } from '../support/account-life';
import { BankApplication } from '../support/bank-application';
import { AccountProjection, BANK_TEMPLATE } from '../support/bank.module';
import { BranchOpened } from '../support/branch';
import { recorded } from '../support/events';
import { injectFault } from '../support/faults';
import { MappedQueue } from '../support/mapped-queue';
import { drain, eventOf } from '../support/queue-messages';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const SILENT: Progress = { advance: () => undefined };
const PATIENCE = { timeoutMilliseconds: 20_000, intervalMilliseconds: 50 };

/** A handler fails on an event for ever: what becomes of it, of its aggregate's next events, and of all others. */
describe('Dead letters', () => {
  let cloud: TestCloud;
  let system: BankApplication;
  let mapping: MappedQueue | undefined;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
    system = new BankApplication(cloud);
    // In place of the minutes of a real stage.
    await cloud.clients.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url('BankAccountQueue'), Attributes: { VisibilityTimeout: '1' } }),
    );
  });

  afterEach(async () => {
    await stop();
    jest.restoreAllMocks();
    for (const name of ['BankAccountQueue', 'BankAccountDeadLetterQueue']) {
      await cloud.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: url(name) }));
    }
    await system.empty();
  });

  afterAll(() => cloud.stop());

  const url = (name: string) => cloud.attributes(name).Ref!;
  const queue = () => new EventQueue(cloud.clients.sqs, url('BankAccountQueue'), logger);
  /** Accounts alone have one. */
  const queueOf = (aggregateType: string) => {
    if (aggregateType !== 'org/bank/account') throw new Error(`no queue of ${aggregateType}`);
    return queue();
  };
  const deadLetters = () => new DeadLetters(cloud.clients.sqs, url('BankAccountDeadLetterQueue'));
  const route = () => new EventRoute(queueOf, system.log, logger);
  const redrive = (id?: string) => deadLetters().redrive(route(), SILENT, id);

  function start(): void {
    mapping = new MappedQueue(cloud, 'BankAccountQueue', (event) => system.project(event));
  }

  async function stop(): Promise<void> {
    await mapping?.stop();
    mapping = undefined;
  }

  /** Accounts' handler fails on a version of this account, however it comes to it. */
  function poison(id: string, version: number): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- is called with its `this`
    const { apply } = AccountProjection.prototype;

    jest.spyOn(AccountProjection.prototype, 'apply').mockImplementation(function (this: AccountProjection, event) {
      if (event.id === id && event.$version === version) {
        throw new Error('poison');
      }
      apply.call(this, event);
    });
  }

  /** Stores and sends an account's first events. */
  async function send(id: string, count = 6): Promise<Event[]> {
    const events = accountLifeOf(id).slice(0, count);

    await system.store(...events);
    await queue().send(events.map(toMessage));
    return events;
  }

  /** How many messages wait in the queue, and how many in its dead-letter queue. */
  async function depths(): Promise<[number, number]> {
    const names = ['BankAccountQueue', 'BankAccountDeadLetterQueue'];
    const [depth] = await readQueues(cloud.clients.sqs, new Map(names.map((name) => [name, url(name)])));

    return [depth!.waiting + depth!.inFlight, depth!.deadLetters!.waiting + depth!.deadLetters!.inFlight];
  }

  async function untilDepths(...expected: [number, number]): Promise<void> {
    await poll(async () => ((await depths()).join() === expected.join() ? true : undefined), PATIENCE);
    expect(await depths()).toEqual(expected);
  }

  async function looked(): Promise<string[]> {
    const letters: string[] = [];

    for await (const { event, body } of deadLetters().look()) {
      letters.push(event ? `${event.id} ${event.$version}` : body);
    }
    return letters;
  }

  /** Puts messages into the dead-letter queue as SQS would. */
  async function bury(...events: readonly Event[]): Promise<void> {
    for (const event of events) {
      await cloud.clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: url('BankAccountDeadLetterQueue'),
          MessageBody: JSON.stringify(event),
          MessageGroupId: event.id,
          MessageDeduplicationId: randomUUID(),
        }),
      );
    }
  }

  it('given a poison event, then it and its successors become dead letters, and all others are projected', async () => {
    const [sick, well] = [randomUUID(), randomUUID()];
    poison(sick, 3);
    start();

    await send(sick, 4);
    await send(well);
    await untilDepths(0, 2);

    expect(await system.accounts.get(well)).toMatchObject({ version: 6 });
    expect(await system.accounts.get(sick)).toMatchObject({ version: 2 });
    const letters = (await drain(cloud, 'BankAccountDeadLetterQueue')).map(eventOf);
    expect(letters.map(({ $version }) => $version)).toEqual([3, 4]);
  }, 60_000);

  it('given a handler that is mended, then a redrive heals what it had failed on', async () => {
    const id = randomUUID();
    const events = await send(id);
    await drain(cloud, 'BankAccountQueue');
    await system.deliver(events[0], events[1]);
    await bury(...events.slice(2));
    start();

    expect(await redrive()).toEqual({ redriven: 4, unreadable: 0, left: 0 });
    await untilDepths(0, 0);

    expect(await system.accounts.get(id)).toMatchObject({ version: 6, closed: true, balance: 12, owner: LAST_OWNER });
    expect(
      await new Verification(system.log, inspectionsOf(system.app.eventHandlers, system.app.events), SILENT).run(),
    ).toEqual({ differences: [], unreadable: [] });
  });

  it.each([
    ['backwards', [5, 4, 3, 2]],
    ['mixed', [4, 2, 5, 3]],
  ])('given dead letters that are redriven %s, then the projections are the same', async (_, order) => {
    const id = randomUUID();
    const events = await send(id);
    await drain(cloud, 'BankAccountQueue');
    await system.deliver(events[0], events[1]);
    await bury(...order.map((index) => events[index]!));

    await redrive();
    start();
    await untilDepths(0, 0);

    expect(await system.accounts.get(id)).toMatchObject({ version: 6, closed: true, balance: 12, owner: LAST_OWNER });
    expect(await system.portfolioCheckpoint(id)).toBe(5);
  });

  it('given several aggregates, then redrives only the one that is asked for, and leaves the others to be seen', async () => {
    const [one, other] = [await send(randomUUID()), await send(randomUUID())];
    await drain(cloud, 'BankAccountQueue');
    await bury(...other.slice(0, 2), ...one.slice(0, 2));

    expect(await redrive(one[0]!.id)).toEqual({ redriven: 2, unreadable: 0, left: 0 });

    expect(await depths()).toEqual([2, 2]);
    expect((await drain(cloud, 'BankAccountDeadLetterQueue')).map(eventOf)).toMatchObject([
      { id: other[0]!.id, $version: 1 },
      { id: other[0]!.id, $version: 2 },
    ]);
  });

  it('given a look, then it shows the first of each aggregate, and takes nothing away', async () => {
    const [one, other] = [await send(randomUUID()), await send(randomUUID())];
    await drain(cloud, 'BankAccountQueue');
    await bury(one[2]!, one[3]!, other[4]!);
    const firsts = [`${one[0]!.id} 3`, `${other[0]!.id} 5`];

    expect(await looked()).toEqual(expect.arrayContaining(firsts));
    expect(await looked()).toEqual(expect.arrayContaining(firsts));
    expect(await depths()).toEqual([0, 3]);
  });

  it('given a message that is no event, then it stays', async () => {
    const [event] = await send(randomUUID());
    await drain(cloud, 'BankAccountQueue');
    await bury({ id: 'x' } as Event, event!);

    expect(await redrive()).toEqual({ redriven: 1, unreadable: 1, left: 0 });
    expect(await looked()).toEqual(['{"id":"x"}']);
  });

  it('given a queue that refuses, then the dead letters stay', async () => {
    const events = await send(randomUUID());
    const refusing = {
      send: (messages: readonly object[]) => Promise.resolve(new Set(messages)),
    } as unknown as RedriveRoute;
    await drain(cloud, 'BankAccountQueue');
    await bury(events[0]!);

    expect(await deadLetters().redrive(refusing, SILENT)).toMatchObject({
      redriven: 0,
      left: 1,
    });
    expect(await depths()).toEqual([0, 1]);
  });

  it('given a dead letter that cannot be deleted, then says that it is still there', async () => {
    const [event] = await send(randomUUID());
    await drain(cloud, 'BankAccountQueue');
    await bury(event!);
    const mend = injectFault(cloud.clients.sqs, ({ command, send }) =>
      command === 'DeleteMessageBatchCommand'
        ? Promise.resolve({ output: { $metadata: {}, Failed: [{ Id: '0', Code: 'ReceiptHandleIsInvalid' }] } })
        : send(),
    );

    expect(await redrive()).toEqual({ redriven: 1, unreadable: 0, left: 1 });
    mend();
  });

  describe('given events in quarantine', () => {
    const quarantine = () => new UndeliveredQueue(cloud.clients.sqs, url('QuarantineQueue'), 'EventBroker', logger);
    const letters = () => new DeadLetters(cloud.clients.sqs, url('QuarantineQueue'));
    const refusal = { kind: 'content', code: 'InvalidMessageContents', message: 'bad letter' } as const;

    afterEach(() => cloud.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: url('QuarantineQueue') })));

    it('when it was the last one of its aggregate, then a redrive brings it from the log to its projection', async () => {
      const id = randomUUID();
      const events = accountLifeOf(id);
      const last = events.at(-1)!;

      await system.store(...events);
      await system.deliver(...events.slice(0, -1));
      await quarantine().put([{ entry: { reference: last }, refusal }]);
      start();

      expect(await letters().redrive(route(), SILENT)).toEqual({ redriven: 1, unreadable: 0, left: 0 });
      await untilDepths(0, 0);
      expect(await system.accounts.get(id)).toMatchObject({ version: last.$version, closed: true });
    });

    it('when the next event of its aggregate comes, then the log fills the gap', async () => {
      const id = randomUUID();
      const events = accountLifeOf(id);

      await system.store(...events);
      await quarantine().put([{ entry: { reference: events[1]! }, refusal }]);
      await system.deliver(events[0], events[2]);

      expect(await system.accounts.get(id)).toMatchObject({ version: 3 });
    });

    it('when no queue takes its type, then it stays, and the others are redriven', async () => {
      const strange = recorded(new BranchOpened(randomUUID(), 'Turin'), 1);
      const events = accountLifeOf(randomUUID());

      await system.store(strange, ...events);
      await quarantine().put([strange, ...events].map((reference) => ({ entry: { reference }, refusal })));

      expect(await letters().redrive(route(), SILENT)).toEqual({ redriven: events.length, unreadable: 0, left: 1 });
    });

    it('when the log has no such event, then it stays, and is told', async () => {
      const reference = { id: randomUUID(), $version: 3, $name: '', timestamp: '' };

      await quarantine().put([{ entry: { reference }, refusal }]);

      expect(await letters().redrive(route(), SILENT)).toEqual({ redriven: 0, unreadable: 1, left: 0 });
      for await (const letter of letters().look()) {
        expect(letter).toMatchObject({ reference, reason: { sender: 'EventBroker', code: 'InvalidMessageContents' } });
      }
    });
  });

  it('given an interruption, then what is not redriven stays to be seen', async () => {
    const [one, other] = [await send(randomUUID()), await send(randomUUID())];
    await drain(cloud, 'BankAccountQueue');
    await bury(one[0]!, one[1]!, other[0]!);
    const interrupted: Progress = {
      advance: () => {
        throw new Error('stopped');
      },
    };

    await expect(deadLetters().redrive(route(), interrupted)).rejects.toThrow('stopped');

    const [waiting, dead] = await depths();
    expect(waiting + dead).toBe(3);
    expect(dead).toBeGreaterThan(0);
    expect(await redrive()).toMatchObject({ redriven: dead });
  });
});
