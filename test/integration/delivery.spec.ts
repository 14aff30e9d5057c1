import { randomUUID } from 'node:crypto';

import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent, KinesisStreamEvent } from 'aws-lambda';

import { queueNameOf } from '../../src/app/naming/queue-name';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
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
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

  describe('from the event log to Kinesis', () => {
    const adaptor = () => new DynamoKinesisAdaptor(cloud.clients.kinesis, 'event-source-stream', logger);

    function streamed(
      events: readonly Event[],
      eventName: DynamoDBRecord['eventName'] = 'INSERT',
    ): DynamoDBStreamEvent {
      return {
        Records: events.map((event, index) => ({
          eventName,
          dynamodb: {
            NewImage: marshall(toItem(event), { removeUndefinedValues: true }) as never,
            SequenceNumber: String(100 + index),
          },
        })),
      };
    }

    /** Everything on the stream, of these aggregates. */
    async function onStream(...aggregates: readonly string[]): Promise<{ event: Event; partitionKey: string }[]> {
      const { ShardIterator } = await cloud.clients.kinesis.send(
        new GetShardIteratorCommand({
          StreamName: 'event-source-stream',
          ShardId: 'shardId-000000000000',
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      const { Records = [] } = await cloud.clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));

      return Records.map(({ Data, PartitionKey }) => ({
        event: JSON.parse(Buffer.from(Data!).toString()) as Event,
        partitionKey: PartitionKey!,
      })).filter(({ event }) => aggregates.includes(event.id));
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

    it('fails as a whole when the stream does not answer', async () => {
      const [id] = ids(1) as [string];
      const mend = injectFault(cloud.clients.kinesis, () =>
        Promise.reject(Object.assign(new Error('down'), { name: 'AccessDeniedException' })),
      );

      await expect(adaptor().deliver(streamed([account(id, 1)]))).rejects.toThrow('down');
      mend();
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

    it('sends more than 500 events of different aggregates in several requests', async () => {
      const { batches, mend } = refusing(() => false);

      await adaptor().deliver(streamed(ids(501).map((id) => account(id, 1))));
      mend();

      expect(batches.map((batch) => batch.length)).toEqual([500, 1]);
    });
  });

  describe('from Kinesis to the queues', () => {
    const broker = () =>
      new EventSourceBroker(
        (type) => new EventQueue(cloud.clients.sqs, cloud.attributes(queueNameOf(type)).Ref ?? '', logger),
      );

    function streamed(...events: readonly unknown[]): KinesisStreamEvent {
      return {
        Records: events.map((event, index) => ({
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'any',
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
    ])('fails, and acknowledges nothing, for a record that is %s', async (_, data) => {
      await expect(broker().deliver(streamed(data))).rejects.toThrow();
    });

    it('fails when a queue refuses the whole request, and not before the others have ended', async () => {
      const [a, branch] = ids(2) as [string, string];
      let hasEnded = false;
      const mend = injectFault(cloud.clients.sqs, async ({ input, send }) => {
        if ((input as { QueueUrl: string }).QueueUrl.includes('BankAccountQueue')) {
          throw Object.assign(new Error('accounts are away'), { name: 'AccessDenied' });
        }
        const answer = await send();

        await new Promise((resolve) => setTimeout(resolve, 50));
        hasEnded = true;
        return answer;
      });

      await expect(
        broker().deliver(streamed(account(a, 1), recorded(new BranchOpened(branch, 'Turin'), 1))),
      ).rejects.toThrow('accounts are away');
      mend();
      expect(hasEnded).toBe(true);
      expect(names((await drain(cloud, 'BankBranchQueue')).map(eventOf))).toEqual([`${branch} 1`]);
    });

    it('keeps a request within 256 KB, whatever the script', async () => {
      const { batches, mend } = refusing(() => false);
      // Three bytes a letter: 5 events of 90 KB each.
      const events = ids(5).map((id) => ({ ...account(id, 1), metadata: { padding: '\u4e2d'.repeat(30_000) } }));

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

    it('fails for an event whose aggregate type has no queue', async () => {
      const strict = new EventSourceBroker((type) => {
        throw new Error(`no queue of ${type}`);
      });

      await expect(strict.deliver(streamed(account(randomUUID(), 1)))).rejects.toThrow('no queue of org/bank/account');
    });
  });
});
