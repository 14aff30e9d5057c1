import { randomUUID } from 'node:crypto';

import { type _Record, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';

import { queueNameOf } from '../../src/app/naming/queue-name';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import type { EventReference } from '../../src/event-store/events/event-reference';
import { AccountDeposited, AccountOpened } from '../support/account';
import { BANK_TEMPLATE } from '../support/bank.module';
import { BranchOpened } from '../support/branch';
import { recorded } from '../support/events';
import { injectFault } from '../support/faults';
import { drain, eventOf } from '../support/queue-messages';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

describe('Delivery', () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterAll(() => cloud.stop());

  const account = (id: string, version: number): Event =>
    recorded(version === 1 ? new AccountOpened(id, 'Ada') : new AccountDeposited(id, 5), version);
  const names = (events: readonly Event[]) => events.map(({ id, $version }) => `${id} ${$version}`);
  const aside = (queue: 'QuarantineQueue' | 'RetryQueue') =>
    new UndeliveredQueue(cloud.clients.sqs, cloud.attributes(queue).Ref ?? '', 'test', logger);
  /** What is in a queue of events that were set aside: where the log has each, and why. */
  const inQueue = async (queue: 'QuarantineQueue' | 'RetryQueue') =>
    (await drain(cloud, queue)).map(
      ({ Body }) => JSON.parse(Body!) as { reason: { code: string }; ref: EventReference },
    );
  /** A call that begins and never ends. */
  const never = () => new Promise(() => undefined);
  const soon = () => Date.now() + 500;
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

  describe('from the event log to Kinesis', () => {
    const adaptor = () =>
      new DynamoKinesisAdaptor(cloud.clients.kinesis, 'event-source-stream', aside('QuarantineQueue'), logger);

    function streamed(
      events: readonly Event[],
      eventName: DynamoDBRecord['eventName'] = 'INSERT',
    ): DynamoDBStreamEvent {
      return {
        Records: events.map((event, index) => ({
          eventName,
          dynamodb: {
            Keys: marshall({ id: event.id, $version: event.$version }) as never,
            NewImage: marshall(toItem(event), { removeUndefinedValues: true }) as never,
            SequenceNumber: String(100 + index),
          },
        })),
      };
    }

    async function recordsOf(): Promise<_Record[]> {
      const { ShardIterator } = await cloud.clients.kinesis.send(
        new GetShardIteratorCommand({
          StreamName: 'event-source-stream',
          ShardId: 'shardId-000000000000',
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      const { Records = [] } = await cloud.clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));

      return Records;
    }

    /** Everything on the stream, of these aggregates. */
    async function onStream(...aggregates: readonly string[]): Promise<{ event: Event; partitionKey: string }[]> {
      return (await recordsOf())
        .map(({ Data, PartitionKey }) => ({
          event: JSON.parse(Buffer.from(Data!).toString()) as Event,
          partitionKey: PartitionKey!,
        }))
        .filter(({ event }) => aggregates.includes(event.id));
    }

    /** The data of all records whose partition key is this one. */
    async function onStreamOf(id: string): Promise<unknown[]> {
      const records = await recordsOf();

      return records
        .filter(({ PartitionKey }) => PartitionKey === id)
        .map(({ Data }) => JSON.parse(Buffer.from(Data!).toString()) as unknown);
    }

    /** Counts requests, and refuses single records of them as Kinesis does when a shard is busy. */
    function refusing(isRefused: (event: Event) => boolean): { batches: string[][]; mend: () => void } {
      const batches: string[][] = [];
      const mend = injectFault(cloud.clients.kinesis, async ({ command, input, send }) => {
        if (command !== 'PutRecordsCommand') {
          return send();
        }
        const { Records } = input as { Records: { Data: Uint8Array }[] };
        const events = Records.map(({ Data }) => JSON.parse(Buffer.from(Data).toString()) as Event);
        const all = [...Records];

        batches.push(names(events));
        Records.splice(0, Records.length, ...all.filter((_, index) => !isRefused(events[index]!)));
        return {
          output: {
            $metadata: {},
            Records: events.map((event) =>
              isRefused(event) ? { ErrorCode: 'ProvisionedThroughputExceededException' } : { SequenceNumber: '1' },
            ),
          },
        };
      });

      return { batches, mend };
    }

    it('puts each event on the stream, its aggregate the partition key', async () => {
      const [a, b] = ids(2) as [string, string];
      const events = [account(a, 1), account(b, 1), account(a, 2)];

      expect(await adaptor().deliver(streamed(events))).toEqual({ batchItemFailures: [] });

      const records = await onStream(a, b);
      expect(records.filter(({ event }) => event.id === a).map(({ event }) => event.$version)).toEqual([1, 2]);
      expect(records.every(({ event, partitionKey }) => partitionKey === event.id)).toBe(true);
      expect(records[0]!.event).toEqual(JSON.parse(JSON.stringify(events[0])));
    });

    it('puts nothing on the stream but what was inserted', async () => {
      const [id] = ids(1) as [string];

      await adaptor().deliver(streamed([account(id, 1)], 'MODIFY'));
      await adaptor().deliver(streamed([account(id, 2)], 'REMOVE'));

      expect(await onStream(id)).toEqual([]);
    });

    it('never sends two events of one aggregate in one request', async () => {
      const [a, b] = ids(2) as [string, string];
      const { batches, mend } = refusing(() => false);

      await adaptor().deliver(streamed([account(a, 1), account(a, 2), account(b, 1), account(a, 3), account(b, 2)]));
      mend();

      expect(batches).toEqual([[`${a} 1`, `${b} 1`], [`${a} 2`, `${b} 2`], [`${a} 3`]]);
    });

    it('holds back the successors of a refused event, and names it for Lambda to send again', async () => {
      const [a, b] = ids(2) as [string, string];
      const { batches, mend } = refusing(({ id, $version }) => id === a && $version === 2);
      const answer = await adaptor().deliver(
        streamed([account(b, 1), account(a, 1), account(a, 2), account(b, 2), account(a, 3), account(b, 3)]),
      );
      mend();

      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '102' }] });
      expect(batches.flat()).not.toContain(`${a} 3`);
      expect(batches.flat()).toContain(`${b} 3`);
    });

    it.each(['AccessDeniedException', 'ResourceNotFoundException', 'KMSAccessDeniedException'])(
      'tries all of them again, and quarantines none, when the stream answers %s',
      async (name) => {
        const [id] = ids(1) as [string];
        const mend = injectFault(cloud.clients.kinesis, () =>
          Promise.reject(Object.assign(new Error('down'), { name, $metadata: { httpStatusCode: 400 } })),
        );

        expect(await adaptor().deliver(streamed([account(id, 1), account(id, 2)]))).toEqual({
          batchItemFailures: [{ itemIdentifier: '100' }],
        });
        mend();
        expect(await inQueue('QuarantineQueue')).toEqual([]);
      },
    );

    it('quarantines what the stream has refused for its permissions for half a day', async () => {
      const [id] = ids(1) as [string];
      const { Records } = streamed([account(id, 1)]);
      const mend = injectFault(cloud.clients.kinesis, () =>
        Promise.reject(
          Object.assign(new Error('denied'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }),
        ),
      );
      const [record] = Records as [DynamoDBRecord];
      const old = { ...record.dynamodb, ApproximateCreationDateTime: Date.now() / 1000 - 12 * 3600 - 1 };

      expect(await adaptor().deliver({ Records: [{ ...record, dynamodb: old }] })).toEqual({ batchItemFailures: [] });
      mend();
      expect(await inQueue('QuarantineQueue')).toMatchObject([
        { reason: { code: 'AccessDeniedException' }, ref: { id } },
      ]);
    });

    it('quarantines an item that is no event, with its reason, and goes on', async () => {
      const [a, b] = ids(2) as [string, string];
      const { Records } = streamed([account(a, 1), account(b, 1), account(a, 2)]);
      const broken = { id: { S: a }, $version: { N: '1' }, event: { S: 'text' } };
      const [first] = Records as [DynamoDBRecord];

      first.dynamodb!.NewImage = broken;
      expect(await adaptor().deliver({ Records })).toEqual({ batchItemFailures: [] });
      expect((await onStream(a, b)).map(({ event }) => event.$version)).toEqual([1, 2]);
      expect(await inQueue('QuarantineQueue')).toEqual([
        {
          reason: { sender: 'test', code: 'NoEvent', message: expect.stringMatching(/^Expected an event/) as string },
          ref: { id: a, $version: 1, $name: '', timestamp: '' },
        },
      ]);
    });

    it('puts where the log has it in the place of an event that no record takes', async () => {
      const [id] = ids(1) as [string];
      const event = { ...account(id, 1), metadata: { padding: '\u0001'.repeat(350_000) } };

      await adaptor().deliver(streamed([event]));

      const data = await onStreamOf(id);
      expect(data).toEqual([{ ref: { id, $version: 1, $name: event.$name, timestamp: event.timestamp } }]);
    });

    it('takes an aggregate whose id is longer than a partition key', async () => {
      const id = 'x'.repeat(300);

      expect(await adaptor().deliver(streamed([account(id, 1)]))).toEqual({ batchItemFailures: [] });
      expect((await onStream(id)).map(({ partitionKey }) => partitionKey)).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
    });

    it('keeps a request within 5 MB, whatever the script', async () => {
      const { batches, mend } = refusing(() => false);
      // Three bytes a letter: 20 events of 300 KB each.
      const events = ids(20).map((id) => ({ ...account(id, 1), metadata: { padding: '\u4e2d'.repeat(100_000) } }));

      await adaptor().deliver(streamed(events));
      mend();

      expect(batches.map((batch) => batch.length)).toEqual([17, 3]);
    });

    it('says in its log what was refused and why', async () => {
      const warn = jest.spyOn(logger, 'warn');
      const [id] = ids(1) as [string];
      const { mend } = refusing(() => true);

      await adaptor().deliver(streamed([account(id, 1)]));
      mend();

      expect(warn.mock.calls).toEqual([
        [
          'The stream refused an event.',
          expect.objectContaining({
            code: 'ProvisionedThroughputExceededException',
            aggregateId: id,
            version: 1,
            correlationId: 'test',
          }),
        ],
      ]);
      warn.mockRestore();
    });

    it('answers what is not done when its time is up, and that goes on from there', async () => {
      const [a, b] = ids(2) as [string, string];
      const { Records } = streamed([account(a, 1), account(b, 1), account(a, 2), account(b, 2), account(a, 3)]);
      let calls = 0;
      const mend = injectFault(cloud.clients.kinesis, ({ send }) => (++calls === 1 ? send() : never()));

      expect(await adaptor().deliver({ Records }, soon())).toEqual({ batchItemFailures: [{ itemIdentifier: '102' }] });
      mend();
      expect(await adaptor().deliver({ Records: Records.slice(2) }, soon())).toEqual({ batchItemFailures: [] });
      expect(names((await onStream(a)).map(({ event }) => event))).toEqual([`${a} 1`, `${a} 2`, `${a} 3`]);
    });

    it('answers in time also when it is the quarantine that does not answer', async () => {
      const { Records } = streamed(ids(2).map((id) => account(id, 1)));
      const mend = injectFault(cloud.clients.sqs, never);

      Records[1]!.dynamodb!.NewImage = { event: { S: 'text' } };
      expect(await adaptor().deliver({ Records }, soon())).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
      mend();
    });

    it('sends more than 500 events of different aggregates in several requests', async () => {
      const { batches, mend } = refusing(() => false);

      await adaptor().deliver(streamed(ids(501).map((id) => account(id, 1))));
      mend();

      expect(batches.map((batch) => batch.length)).toEqual([500, 1]);
    });
  });

  describe('from Kinesis to the queues', () => {
    const queueOf = (type: string) =>
      new EventQueue(cloud.clients.sqs, cloud.attributes(queueNameOf(type)).Ref ?? '', logger);
    const brokerWith = (queue: (type: string) => EventQueue) =>
      new EventSourceBroker(queue, { quarantine: aside('QuarantineQueue'), retries: aside('RetryQueue') });
    const broker = () => brokerWith(queueOf);
    const retried = (messages: readonly object[]): SQSEvent => ({
      Records: messages.map(
        (message, index) => ({ messageId: String(index), body: JSON.stringify(message) }) as SQSRecord,
      ),
    });

    function streamed(...events: readonly unknown[]): KinesisStreamEvent {
      return {
        Records: events.map((event, index) => ({
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: typeof event === 'string' ? event : 'any',
            sequenceNumber: String(100 + index),
            data: Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)).toString('base64'),
            approximateArrivalTimestamp: 0,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: '',
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: '',
          awsRegion: 'us-east-1',
          eventSourceARN: '',
        })),
      };
    }

    /** Lets the queue refuse single messages. */
    function refusing(isRefused: (event: Event) => boolean): { batches: string[][]; mend: () => void } {
      const batches: string[][] = [];
      const mend = injectFault(cloud.clients.sqs, async ({ command, input, send }) => {
        if (command !== 'SendMessageBatchCommand') {
          return send();
        }
        const { Entries } = input as { Entries: { Id: string; MessageBody: string }[] };
        const events = Entries.map(({ MessageBody }) => JSON.parse(MessageBody) as Event);

        batches.push(names(events));
        return {
          output: {
            $metadata: {},
            Failed: Entries.filter((_, index) => isRefused(events[index]!)).map(({ Id }) => ({
              Id,
              Code: 'InternalError',
            })),
          },
        };
      });

      return { batches, mend };
    }

    it("sends each event to its aggregate type's queue, the aggregate as its group, id and version against duplicates", async () => {
      const [a, branch] = ids(2) as [string, string];

      expect(
        await broker().deliver(streamed(account(a, 1), recorded(new BranchOpened(branch, 'Turin'), 1), account(a, 2))),
      ).toEqual({
        batchItemFailures: [],
      });

      const accounts = await drain(cloud, 'BankAccountQueue');
      expect(names(accounts.map(eventOf))).toEqual([`${a} 1`, `${a} 2`]);
      expect(accounts.map(({ Attributes }) => Attributes)).toMatchObject([
        { MessageGroupId: a, MessageDeduplicationId: `${a}:1` },
        { MessageGroupId: a, MessageDeduplicationId: `${a}:2` },
      ]);
      expect(names((await drain(cloud, 'BankBranchQueue')).map(eventOf))).toEqual([`${branch} 1`]);
    });

    it('lets SQS swallow an event that is sent twice', async () => {
      const [a] = ids(1) as [string];

      await broker().deliver(streamed(account(a, 1)));
      await broker().deliver(streamed(account(a, 1), account(a, 2)));

      expect(names((await drain(cloud, 'BankAccountQueue')).map(eventOf))).toEqual([`${a} 1`, `${a} 2`]);
    });

    it('never sends two messages of one group in one request, nor more than ten messages', async () => {
      const many = ids(12);
      const { batches, mend } = refusing(() => false);

      await broker().deliver(
        streamed(...many.map((id) => account(id, 1)), account(many[0]!, 2), account(many[11]!, 2)),
      );
      mend();

      expect(batches.map((batch) => batch.length)).toEqual([10, 3, 1]);
      expect(batches.flat().indexOf(`${many[11]!} 1`)).toBeLessThan(batches.flat().indexOf(`${many[11]!} 2`));
      for (const batch of batches) {
        expect(new Set(batch.map((name) => name.split(' ')[0])).size).toBe(batch.length);
      }
    });

    it('holds back the group of a refused message, and names the first for Lambda to send again', async () => {
      const [a, b] = ids(2) as [string, string];
      const { batches, mend } = refusing(({ id, $version }) => id === a && $version === 1);
      const answer = await broker().deliver(streamed(account(b, 1), account(a, 1), account(a, 2), account(b, 2)));
      mend();

      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
      expect(batches.flat()).toEqual([`${b} 1`, `${a} 1`, `${b} 2`]);
    });

    it.each([
      ['no JSON', 'no JSON'],
      ['no event', '{"hello":"world"}'],
    ])('quarantines a record that is %s, and goes on', async (_, data) => {
      const [a] = ids(1) as [string];

      expect(await broker().deliver(streamed(data, account(a, 1)))).toEqual({ batchItemFailures: [] });
      expect(await inQueue('QuarantineQueue')).toMatchObject([
        { reason: { code: 'NoEvent' }, ref: { id: `${data}:100` } },
      ]);
      expect(names((await drain(cloud, 'BankAccountQueue')).map(eventOf))).toEqual([`${a} 1`]);
    });

    it.each([
      ['U+FFFF', '\uffff'],
      ['U+0001', '\u0001'],
      ['half a surrogate pair', '\ud83d'],
      ['a letter above U+FFFF', '\u{1f600}'],
    ])('brings an event with %s to its queue as it is', async (_, letter) => {
      const [id] = ids(1) as [string];
      const event = recorded(new AccountOpened(id, `a${letter}b`), 1);

      expect(await broker().deliver(streamed(event))).toEqual({ batchItemFailures: [] });
      expect((await drain(cloud, 'BankAccountQueue')).map(eventOf)).toMatchObject([{ id, owner: `a${letter}b` }]);
    });

    it.each([
      ['380 KB in ASCII', 'x'.repeat(380_000)],
      ['380 KB that escapes make 760 KB', '\u4e2d'.repeat(127_000)],
    ])('sends where the log has it in the place of an event of %s', async (_, padding) => {
      const [id] = ids(1) as [string];
      const event = { ...account(id, 1), metadata: { padding } };

      expect(await broker().deliver(streamed(event))).toEqual({ batchItemFailures: [] });
      expect((await drain(cloud, 'BankAccountQueue')).map(({ Body }) => JSON.parse(Body!) as unknown)).toEqual([
        { ref: { id, $version: 1, $name: event.$name, timestamp: event.timestamp } },
      ]);
    });

    it('takes an aggregate whose id SQS does not take as a group', async () => {
      const id = 'Zoë '.repeat(50);

      expect(await broker().deliver(streamed(account(id, 1), account(id, 2)))).toEqual({ batchItemFailures: [] });
      expect(names((await drain(cloud, 'BankAccountQueue')).map(eventOf))).toEqual([`${id} 1`, `${id} 2`]);
    });

    it('quarantines what the queue refuses for its content, and lets its successors pass', async () => {
      const [a, b] = ids(2) as [string, string];
      const mend = injectFault(cloud.clients.sqs, ({ input, send }) => {
        const { Entries = [] } = input as { Entries?: { MessageBody: string }[] };
        const isBad = Entries.some(
          ({ MessageBody }) =>
            MessageBody.startsWith('{') && names([JSON.parse(MessageBody) as Event]).includes(`${a} 1`),
        );

        return isBad
          ? Promise.reject(
              Object.assign(new Error('bad letter'), {
                name: 'InvalidMessageContents',
                $metadata: { httpStatusCode: 400 },
              }),
            )
          : send();
      });

      expect(await broker().deliver(streamed(account(a, 1), account(b, 1), account(a, 2)))).toEqual({
        batchItemFailures: [],
      });
      mend();
      expect(await inQueue('QuarantineQueue')).toMatchObject([
        { reason: { code: 'InvalidMessageContents', message: 'bad letter' }, ref: { id: a, $version: 1 } },
      ]);
      expect(names((await drain(cloud, 'BankAccountQueue')).map(eventOf))).toEqual([`${b} 1`, `${a} 2`]);
    });

    it.each([
      ['is denied', 'AccessDenied', 403],
      ['is missing', 'QueueDoesNotExist', 400],
      ['has a key that is disabled', 'KmsDisabled', 400],
    ])(
      'when a queue %s, then its events wait for a retry, and other queues get theirs',
      async (_, name, httpStatusCode) => {
        const [a, branch] = ids(2) as [string, string];
        const mend = injectFault(cloud.clients.sqs, ({ input, send }) =>
          (input as { QueueUrl: string }).QueueUrl.includes('BankAccountQueue')
            ? Promise.reject(Object.assign(new Error('accounts are away'), { name, $metadata: { httpStatusCode } }))
            : send(),
        );
        const events = [account(a, 1), recorded(new BranchOpened(branch, 'Turin'), 1), account(a, 2)];

        expect(await broker().deliver(streamed(...events))).toEqual({ batchItemFailures: [] });
        expect(names((await drain(cloud, 'BankBranchQueue')).map(eventOf))).toEqual([`${branch} 1`]);
        expect(await inQueue('QuarantineQueue')).toEqual([]);

        const waiting = await inQueue('RetryQueue');
        expect(waiting).toMatchObject([
          { reason: { code: name }, ref: { id: a, $version: 1 } },
          { reason: { code: name }, ref: { id: a, $version: 2 } },
        ]);
        expect(await broker().retry(retried(waiting))).toEqual({
          batchItemFailures: [{ itemIdentifier: '0' }, { itemIdentifier: '1' }],
        });
        mend();
        expect(await broker().retry(retried(waiting))).toEqual({ batchItemFailures: [] });
        expect((await drain(cloud, 'BankAccountQueue')).map(({ Body }) => JSON.parse(Body!) as unknown)).toMatchObject([
          { ref: { id: a, $version: 1 } },
          { ref: { id: a, $version: 2 } },
        ]);
      },
    );

    it('when an aggregate type has no queue, then its events wait for a retry', async () => {
      const [a, branch] = ids(2) as [string, string];
      const strict = brokerWith((type) => {
        if (type === 'org/bank/account') throw new Error(`no queue of ${type}`);
        return queueOf(type);
      });

      expect(await strict.deliver(streamed(account(a, 1), recorded(new BranchOpened(branch, 'Turin'), 1)))).toEqual({
        batchItemFailures: [],
      });
      expect(names((await drain(cloud, 'BankBranchQueue')).map(eventOf))).toEqual([`${branch} 1`]);
      expect(await inQueue('RetryQueue')).toMatchObject([
        { reason: { message: 'no queue of org/bank/account' }, ref: { id: a } },
      ]);
    });

    it('when what is refused cannot be set aside either, then Lambda delivers it again', async () => {
      const [a, branch] = ids(2) as [string, string];
      const mend = injectFault(cloud.clients.sqs, ({ input, send }) =>
        /BankAccountQueue|RetryQueue/.test((input as { QueueUrl: string }).QueueUrl)
          ? Promise.reject(
              Object.assign(new Error('away'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }),
            )
          : send(),
      );
      const events = [recorded(new BranchOpened(branch, 'Turin'), 1), account(a, 1)];

      expect(await broker().deliver(streamed(...events))).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
      mend();
      expect(names((await drain(cloud, 'BankBranchQueue')).map(eventOf))).toEqual([`${branch} 1`]);
    });

    describe('when a queue does not answer', () => {
      const [a, branch] = ids(2) as [string, string];
      const events = [account(a, 1), recorded(new BranchOpened(branch, 'Turin'), 1), account(a, 2)];
      const hanging = () =>
        injectFault(cloud.clients.sqs, ({ input, send }) =>
          (input as { QueueUrl: string }).QueueUrl.includes('BankBranchQueue') ? never() : send(),
        );

      it('then, when the time is up, Lambda delivers its events again; others have theirs', async () => {
        const mend = hanging();

        expect(await broker().deliver(streamed(...events), soon())).toEqual({
          batchItemFailures: [{ itemIdentifier: '101' }],
        });
        mend();
        expect(names((await drain(cloud, 'BankAccountQueue')).map(eventOf))).toEqual([`${a} 1`, `${a} 2`]);
      });

      it('then what waits for it goes on waiting, and nothing else', async () => {
        const mend = hanging();
        const waiting = events.map(({ id, $name, $version, timestamp }) => ({
          ref: { id: `${id}-again`, $name, $version, timestamp },
        }));

        expect(await broker().retry(retried(waiting), soon())).toEqual({
          batchItemFailures: [{ itemIdentifier: '1' }],
        });
        mend();
        expect(await drain(cloud, 'BankAccountQueue')).toHaveLength(2);
      });
    });

    it('keeps a request within 256 KB, whatever the script', async () => {
      const { batches, mend } = refusing(() => false);
      // Six bytes a letter: 5 events of 90 KB each.
      const events = ids(5).map((id) => ({ ...account(id, 1), metadata: { padding: '\u4e2d'.repeat(15_000) } }));

      await broker().deliver(streamed(...events));
      mend();

      expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
    });

    it('says in its log what was refused and why', async () => {
      const warn = jest.spyOn(logger, 'warn');
      const [id] = ids(1) as [string];
      const { mend } = refusing(() => true);

      await broker().deliver(streamed(account(id, 1)));
      mend();

      expect(warn.mock.calls).toEqual([
        [
          'The queue refused an event.',
          expect.objectContaining({ code: 'InternalError', aggregateId: id, version: 1 }),
        ],
      ]);
      warn.mockRestore();
    });
  });
});
