import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { KinesisStreamRecord } from 'aws-lambda';

import type { StreamMappingModel } from '../../local/model.ts';
import { poll } from '../../local/poll.ts';
import { type Engines, startEmptyEngines } from '../support/engines';
import { MappedFunction } from '../support/mapped-function';

let engines: Engines;
let kinesis: KinesisClient;
let log: jest.SpyInstance;
let streams = 0;
let queues = 0;
const running: MappedFunction<KinesisStreamRecord>[] = [];
/** A stop takes up to a second; the next test does not wait for it. */
const stopping: Promise<void>[] = [];

beforeAll(async () => {
  log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  engines = await startEmptyEngines();
  ({ kinesis } = engines.clients);
});

afterEach(() => {
  stopping.push(...running.splice(0).map((each) => each.stop()));
});

afterAll(async () => {
  await Promise.all(stopping);
  await engines.stop();
  log.mockRestore();
});

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const TEXT = `const text = ({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString();`;
const SUCCEEDS = 'exports.handler = async () => undefined;';
const FAILS_ONCE = `
let failed = false;
exports.handler = async () => {
  if (!failed) { failed = true; throw new Error('once'); }
};`;
const POISON = `${TEXT}
exports.handler = async ({ Records }) => {
  if (Records.map(text).includes('x')) throw new Error('poison');
};`;

/** Reports the letters as failed the first time that it gets each. */
function reporting(...letters: string[]): string {
  return `${TEXT}
const failing = new Set(${JSON.stringify(letters)});
exports.handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => failing.delete(text(record)))
    .map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })).reverse(),
});`;
}

function text({ kinesis }: KinesisStreamRecord): string {
  return Buffer.from(kinesis.data, 'base64').toString();
}

async function createStream(): Promise<string> {
  const StreamName = `stream-${(streams += 1)}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await becomesActive(StreamName);
  return StreamName;
}

async function becomesActive(StreamName: string): Promise<void> {
  const active = async (): Promise<true | undefined> => {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.StreamStatus === 'ACTIVE' || undefined;
  };
  await poll(active, { timeoutMilliseconds: 5_000, intervalMilliseconds: 20 });
}

/** Puts records of one letter each, one after the other; a letter is its own partition key, if there is no other. */
async function put(StreamName: string, letters: string, PartitionKey?: string): Promise<void> {
  for (const letter of letters) {
    const Data = Buffer.from(letter);
    await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: PartitionKey ?? letter }));
  }
}

/** Puts the letter again and again until something has happened. */
async function putUntil(stream: string, letter: string, happened: () => boolean): Promise<void> {
  const attempt = async (): Promise<true | undefined> => {
    await put(stream, letter);
    return happened() || undefined;
  };
  await poll(attempt, { timeoutMilliseconds: 5_000, intervalMilliseconds: 50 });
}

async function createQueue(): Promise<{ arn: string; receive(): Promise<unknown> }> {
  const QueueName = `failures-${(queues += 1)}`;
  const { sqs } = engines.clients;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return {
    arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
    receive: async () => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
      return JSON.parse(Messages?.[0]?.Body ?? 'null') as unknown;
    },
  };
}

function map(
  stream: string,
  source: string,
  changes: Partial<StreamMappingModel> = {},
): MappedFunction<KinesisStreamRecord> {
  const arn = `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`;
  const mapping: StreamMappingModel = {
    id: 'FunctionStream',
    functionId: 'Function',
    kind: 'kinesis',
    streamArn: arn,
    eventSourceArn: arn,
    batchSize: 100,
    batchingWindowSeconds: 0,
    reportBatchItemFailures: false,
    startingPosition: 'TRIM_HORIZON',
    parallelizationFactor: 1,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    onFailureQueueArn: undefined,
    ...changes,
  };
  const mapped = new MappedFunction<KinesisStreamRecord>(mapping, engines.endpoints, source);
  running.push(mapped);
  return mapped;
}

describe('Kinesis event source mapping', () => {
  describe('given a stream with records', () => {
    it('when it starts at TRIM_HORIZON, then the function gets them all, in order, as Lambda shows them', async () => {
      const stream = await createStream();
      await put(stream, 'abc');
      const consumer = `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}/consumer/one:1`;
      const mapped = map(stream, SUCCEEDS, { eventSourceArn: consumer });
      await expect(mapped.eventsOf(text, [['a', 'b', 'c']])).resolves.toEqual([['a', 'b', 'c']]);
      expect(mapped.events[0]?.Records[0]).toEqual({
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'a',
          sequenceNumber: expect.stringMatching(/^\d{56}$/) as string,
          data: 'YQ==',
          approximateArrivalTimestamp: expect.closeTo(Date.now() / 1000, -2) as number,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: expect.stringMatching(/^shardId-000000000000:\d{56}$/) as string,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: expect.stringMatching(/^arn:aws:iam::/) as string,
        awsRegion: 'us-east-1',
        eventSourceARN: consumer,
      });
    });

    it('when it starts at LATEST, then the function gets only what comes later', async () => {
      const stream = await createStream();
      await put(stream, 'a');
      const mapped = map(stream, SUCCEEDS, { startingPosition: 'LATEST' });
      // The mapping reads from when it has its iterator on: what is put before that is not later.
      await putUntil(stream, 'z', () => mapped.events.length > 0);
      expect(mapped.events.flatMap(({ Records }) => Records.map(text))).not.toContain('a');
    });

    it('when there are more than a batch, then each event has a batch at most', async () => {
      const stream = await createStream();
      await put(stream, 'abcde');
      const batches = [['a', 'b'], ['c', 'd'], ['e']];
      await expect(map(stream, SUCCEEDS, { batchSize: 2 }).eventsOf(text, batches)).resolves.toEqual(batches);
    });

    it('when there is a batching window, then what comes within it comes in one event', async () => {
      const stream = await createStream();
      const mapped = map(stream, SUCCEEDS, { batchingWindowSeconds: 1 });
      await putUntil(stream, 'a', () => mapped.events.length > 0);
      expect(mapped.events[0]?.Records.length).toBeGreaterThan(3);
    });

    it('when its shard is split, then the children follow after their parent', async () => {
      const stream = await createStream();
      await put(stream, 'abc', 'key');
      const split = { ShardToSplit: 'shardId-000000000000', NewStartingHashKey: String(2n ** 127n) };
      await kinesis.send(new SplitShardCommand({ StreamName: stream, ...split }));
      await becomesActive(stream);
      await put(stream, 'de', 'key');
      const mapped = map(stream, FAILS_ONCE);
      const batches = [
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
        ['d', 'e'],
      ];
      await expect(mapped.eventsOf(text, batches)).resolves.toEqual(batches);
    });
  });

  describe('given a function that fails', () => {
    it('when it throws, then the same batch comes again before the next', async () => {
      const stream = await createStream();
      await put(stream, 'abc');
      const batches = [['a', 'b'], ['a', 'b'], ['c']];
      await expect(map(stream, FAILS_ONCE, { batchSize: 2 }).eventsOf(text, batches)).resolves.toEqual(batches);
    });

    it('when it reports failures, then the batch comes again from the first of them on', async () => {
      const stream = await createStream();
      await put(stream, 'abcd');
      const mapped = map(stream, reporting('d', 'b'), { reportBatchItemFailures: true });
      const batches = [
        ['a', 'b', 'c', 'd'],
        ['b', 'c', 'd'],
      ];
      await expect(mapped.eventsOf(text, batches)).resolves.toEqual(batches);
    });

    it('when it reports without having been asked to, then everything counts as done', async () => {
      const stream = await createStream();
      await put(stream, 'ab');
      const mapped = map(stream, reporting('a'), { batchSize: 1 });
      await expect(mapped.eventsOf(text, [['a'], ['b']])).resolves.toEqual([['a'], ['b']]);
    });

    it('when its retries are used up, then the batch goes to the on-failure queue and the next one comes', async () => {
      const stream = await createStream();
      await put(stream, 'xyz');
      const queue = await createQueue();
      const mapped = map(stream, POISON, { batchSize: 2, maximumRetryAttempts: 1, onFailureQueueArn: queue.arn });
      const batches = [['x', 'y'], ['x', 'y'], ['z']];
      await expect(mapped.eventsOf(text, batches)).resolves.toEqual(batches);
      const [first, last] = mapped.events[0]?.Records.map(({ kinesis }) => kinesis) ?? [];
      await expect(queue.receive()).resolves.toEqual({
        requestContext: {
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Function',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(ISO_TIME) as string,
        KinesisBatchInfo: {
          shardId: 'shardId-000000000000',
          startSequenceNumber: first?.sequenceNumber,
          endSequenceNumber: last?.sequenceNumber,
          approximateArrivalOfFirstRecord: expect.stringMatching(ISO_TIME) as string,
          approximateArrivalOfLastRecord: expect.stringMatching(ISO_TIME) as string,
          batchSize: 2,
          streamArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`,
        },
      });
    });

    it('when the batch is bisected, then only the record that fails is given up', async () => {
      const stream = await createStream();
      await put(stream, 'abxc');
      const queue = await createQueue();
      const bisecting = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0, onFailureQueueArn: queue.arn };
      const batches = [['a', 'b', 'x', 'c'], ['a', 'b'], ['x', 'c'], ['x'], ['c']];
      await expect(map(stream, POISON, bisecting).eventsOf(text, batches)).resolves.toEqual(batches);
      await expect(queue.receive()).resolves.toMatchObject({ KinesisBatchInfo: { batchSize: 1 } });
    });

    it('when a record is too old, then it is given up without having been tried', async () => {
      const stream = await createStream();
      await put(stream, 'a');
      const old = performance.now() + 1_050;
      await poll(() => Promise.resolve(performance.now() > old || undefined), {
        timeoutMilliseconds: 2_000,
        intervalMilliseconds: 50,
      });
      const queue = await createQueue();
      const mapped = map(stream, SUCCEEDS, { maximumRecordAgeSeconds: 1, onFailureQueueArn: queue.arn });
      await expect(queue.receive()).resolves.toMatchObject({
        requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
        KinesisBatchInfo: { batchSize: 1 },
      });
      await put(stream, 'b');
      await expect(mapped.eventsOf(text, [['b']])).resolves.toEqual([['b']]);
    });

    it('when there are parallel batches, then a partition key waits only for itself', async () => {
      const stream = await createStream();
      const mapped = map(stream, POISON, { parallelizationFactor: 10, batchSize: 1 });
      await put(stream, 'x', 'one');
      await put(stream, 'a', 'one');
      // Of ten keys some are in another lane than the first.
      await put(stream, 'bcdefghijk');
      const seen = (letter: string): boolean => mapped.events.some(({ Records }) => Records.map(text).includes(letter));
      await poll(() => Promise.resolve(seen('k') || seen('j') || seen('i') || undefined), {
        timeoutMilliseconds: 5_000,
        intervalMilliseconds: 10,
      });
      expect(seen('i') || seen('j') || seen('k')).toBe(true);
      expect(seen('x')).toBe(true);
      expect(seen('a')).toBe(false);
    });
  });

  describe('given a mapping that stops', () => {
    it('when a batch is in hand, then it ends, and no other begins', async () => {
      const stream = await createStream();
      await put(stream, 'ab');
      const mapped = map(stream, `exports.handler = () => new Promise((resolve) => setTimeout(resolve, 200))`, {
        batchSize: 1,
      });
      await poll(() => Promise.resolve(mapped.events.length > 0 || undefined), {
        timeoutMilliseconds: 5_000,
        intervalMilliseconds: 5,
      });
      await mapped.stop();
      expect(mapped.events.map(({ Records }) => Records.map(text))).toEqual([['a']]);
      expect(log).not.toHaveBeenCalledWith(expect.stringContaining('stopping'));
      running.splice(0);
    });
  });
});
