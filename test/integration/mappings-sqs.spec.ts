import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

import type { QueueMappingModel } from '../../local/model.ts';
import { poll } from '../../local/poll.ts';
import { type Engines, startEmptyEngines } from '../support/engines';
import { MappedFunction } from '../support/mapped-function';

const SUCCEEDS = 'exports.handler = async () => undefined;';
/** Fails on messages whose body begins with x: reports them, or throws. */
const REPORTS = `exports.handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => body.startsWith('x')).map(({ messageId }) => ({ itemIdentifier: messageId })),
});`;
const THROWS = `exports.handler = async ({ Records }) => {
  if (Records.some(({ body }) => body.startsWith('x'))) throw new Error('no');
};`;
const SLOW = 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 150));';

let engines: Engines;
let log: jest.SpyInstance;
let queues = 0;
const running: MappedFunction<SQSRecord>[] = [];
/** A stop takes up to a second; the next test does not wait for it. */
const stopping: Promise<void>[] = [];

beforeAll(async () => {
  log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  engines = await startEmptyEngines();
});

afterEach(() => {
  stopping.push(...running.splice(0).map((each) => each.stop()));
});

afterAll(async () => {
  await Promise.all(stopping);
  await engines.stop();
  log.mockRestore();
});

interface Queue {
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  /** Sends each body; of a FIFO queue, to the group of that name. */
  send(group: string, ...bodies: string[]): Promise<void>;
  /** Messages that can be received, and those that are hidden for now. */
  counts(): Promise<{ visible: number; hidden: number }>;
}

async function createQueue(kind: 'standard' | 'fifo', attributes: Record<string, string> = {}): Promise<Queue> {
  const { sqs } = engines.clients;
  const fifo = kind === 'fifo';
  const QueueName = `queue-${(queues += 1)}${fifo ? '.fifo' : ''}`;
  const Attributes = { VisibilityTimeout: '1', ...(fifo && { FifoQueue: 'true' }), ...attributes };
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return {
    arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
    url,
    fifo,
    send: async (group, ...bodies) => {
      for (const body of bodies) {
        const ordered = fifo && { MessageGroupId: group, MessageDeduplicationId: `${group}-${body}` };
        await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...ordered }));
      }
    },
    counts: async () => {
      const { Attributes: all = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      );
      const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = all;
      return { visible: Number(visible), hidden: Number(hidden) };
    },
  };
}

function map(queue: Queue, source: string, changes: Partial<QueueMappingModel> = {}): MappedFunction<SQSRecord> {
  const mapping: QueueMappingModel = {
    id: 'FunctionQueue',
    functionId: 'Function',
    kind: 'sqs',
    queueArn: queue.arn,
    queueUrl: queue.url,
    fifo: queue.fifo,
    batchSize: 10,
    batchingWindowSeconds: 0,
    reportBatchItemFailures: false,
    maximumConcurrency: undefined,
    ...changes,
  };
  const mapped = new MappedFunction<SQSRecord>(mapping, engines.endpoints, source);
  running.push(mapped);
  return mapped;
}

/** How often the function got each body. */
function received({ events }: MappedFunction<SQSRecord>): Record<string, number> {
  const bodies = Map.groupBy(
    events.flatMap(({ Records }) => Records),
    ({ body }) => body,
  );
  return Object.fromEntries([...bodies].map(([body, messages]) => [body, messages.length]));
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const attempt = async (): Promise<true | undefined> => (await condition()) || undefined;
  const met = await poll(attempt, { timeoutMilliseconds: 4_500, intervalMilliseconds: 10 });
  expect(met).toBe(true);
}

async function untilEmpty(queue: Queue): Promise<void> {
  await until(async () => {
    const { visible, hidden } = await queue.counts();
    return visible + hidden === 0;
  });
}

describe('SQS event source mapping', () => {
  describe('given a standard queue', () => {
    it('when a message comes, then the function gets it as Lambda shows it, and it is deleted', async () => {
      const queue = await createQueue('standard');
      const MessageAttributes: Record<string, MessageAttributeValue> = {
        text: { DataType: 'String', StringValue: 'ü' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from('ü') },
      };
      await engines.clients.sqs.send(
        new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'a', MessageAttributes }),
      );
      const mapped = map(queue, SUCCEEDS);
      await untilEmpty(queue);
      expect(mapped.events).toEqual([
        {
          Records: [
            {
              messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
              receiptHandle: expect.any(String) as string,
              body: 'a',
              attributes: {
                ApproximateReceiveCount: '1',
                SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
                SenderId: expect.any(String) as string,
                ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
              },
              messageAttributes: {
                text: { stringValue: 'ü', stringListValues: [], binaryListValues: [], dataType: 'String' },
                bytes: { binaryValue: 'w7w=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
              },
              md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
              md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
              eventSource: 'aws:sqs',
              eventSourceARN: queue.arn,
              awsRegion: 'us-east-1',
            },
          ],
        },
      ]);
    });

    it('when the function throws, then all of the batch comes again after its visibility time-out', async () => {
      const queue = await createQueue('standard');
      await queue.send('', 'a', 'x');
      const sent = performance.now();
      const mapped = map(queue, THROWS);
      await until(() => mapped.events.length === 2);
      expect(performance.now() - sent).toBeGreaterThan(900);
      expect(received(mapped)).toEqual({ a: 2, x: 2 });
      expect(mapped.events[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    });

    it('when the function reports failures, then only those come again', async () => {
      const queue = await createQueue('standard');
      await queue.send('', 'a', 'x', 'b');
      const mapped = map(queue, REPORTS, { reportBatchItemFailures: true });
      await until(() => received(mapped).x === 2);
      expect(received(mapped)).toEqual({ a: 1, x: 2, b: 1 });
    });

    it('when it reports without having been asked to, then everything counts as done', async () => {
      const queue = await createQueue('standard');
      await queue.send('', 'x');
      map(queue, REPORTS);
      await untilEmpty(queue);
    });

    it('when it reports a message that is not of the batch, then all of the batch comes again', async () => {
      const queue = await createQueue('standard');
      await queue.send('', 'a');
      const source = "exports.handler = async () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] });";
      const mapped = map(queue, source, { reportBatchItemFailures: true });
      await until(() => received(mapped).a === 2);
    });

    it('when there is a batching window, then messages of several receives come in one event', async () => {
      const queue = await createQueue('standard', { VisibilityTimeout: '30' });
      const bodies = Array.from({ length: 12 }, (_, index) => `message ${index}`);
      await queue.send('', ...bodies);
      const mapped = map(queue, SUCCEEDS, { batchSize: 12, batchingWindowSeconds: 5 });
      await untilEmpty(queue);
      expect(mapped.events.map(({ Records }) => Records.length)).toEqual([12]);
    });

    it('when its concurrency is limited, then no more is received than can be run', async () => {
      const queue = await createQueue('standard', { VisibilityTimeout: '30' });
      await queue.send('', 'a', 'b', 'c', 'd');
      const mapped = map(queue, SLOW, { batchSize: 1, maximumConcurrency: 1 });
      await until(() => mapped.events.length === 1);
      await expect(queue.counts()).resolves.toEqual({ visible: 3, hidden: 1 });
      await untilEmpty(queue);
      expect(mapped.mostAtOnce).toBe(1);
    });

    it('when it is not, then there are as many batches at once as the function has instances', async () => {
      const queue = await createQueue('standard', { VisibilityTimeout: '30' });
      await queue.send('', 'a', 'b', 'c', 'd');
      const mapped = map(queue, SLOW, { batchSize: 1 });
      await untilEmpty(queue);
      expect(mapped.mostAtOnce).toBe(2);
    });
  });

  describe('given a FIFO queue', () => {
    it('when there are several groups, then an event has messages of several, and each group keeps its order', async () => {
      const queue = await createQueue('fifo', { VisibilityTimeout: '30' });
      await queue.send('a', 'a1', 'a2', 'a3');
      await queue.send('b', 'b1', 'b2', 'b3');
      const mapped = map(queue, SUCCEEDS);
      await untilEmpty(queue);
      const bodies = mapped.events.flatMap(({ Records }) => Records.map(({ body }) => body));
      expect(bodies.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
      expect(bodies.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
      const groups = mapped.events[0]?.Records.map(({ attributes }) => attributes.MessageGroupId);
      expect(new Set(groups)).toEqual(new Set(['a', 'b']));
    });

    it('when a message of a group is in hand, then only other groups go on', async () => {
      const queue = await createQueue('fifo', { VisibilityTimeout: '30' });
      await queue.send('a', 'a1', 'a2');
      const mapped = map(queue, SLOW);
      await until(() => mapped.events.length === 1);
      await queue.send('b', 'b1');
      await untilEmpty(queue);
      const order = mapped.events.map(({ Records }) => Records.map(({ body }) => body));
      expect(order).toEqual([['a1'], ['b1'], ['a2']]);
      expect(mapped.mostAtOnce).toBe(2);
    });

    it('when a message fails too often, then it goes to the dead-letter queue and its successor comes', async () => {
      const dead = await createQueue('fifo');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const queue = await createQueue('fifo', { RedrivePolicy });
      await queue.send('a', 'x1', 'a2');
      const mapped = map(queue, REPORTS, { reportBatchItemFailures: true });
      await untilEmpty(queue);
      expect(mapped.events.map(({ Records }) => Records.map(({ body }) => body))).toEqual([['x1'], ['x1'], ['a2']]);
      await expect(dead.counts()).resolves.toEqual({ visible: 1, hidden: 0 });
    });
  });

  describe('given a function that is built again', () => {
    it('when it has failed, then what it failed on comes at once, in order, and counts as received again', async () => {
      const queue = await createQueue('fifo', { VisibilityTimeout: '30' });
      await queue.send('a', 'x1', 'x2', 'a3');
      await queue.send('b', 'x4');
      const mapped = map(queue, REPORTS, { reportBatchItemFailures: true });
      await until(() => received(mapped).x1 === 1 && received(mapped).x4 === 1 && mapped.atOnce === 0);
      mapped.rebuild(SUCCEEDS);
      await untilEmpty(queue);
      expect(received(mapped)).toEqual({ x1: 2, x2: 1, a3: 1, x4: 2 });
      const records = mapped.events.flatMap(({ Records }) => Records);
      const ofGroup = records.filter(({ attributes }) => attributes.MessageGroupId === 'a');
      expect(ofGroup.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount])).toEqual([
        ['x1', '1'],
        ['x1', '2'],
        ['x2', '1'],
        ['a3', '1'],
      ]);
    });

    it('when it fails again, then it gets no more than one try for each build', async () => {
      const queue = await createQueue('standard', { VisibilityTimeout: '30' });
      await queue.send('', 'x');
      const mapped = map(queue, THROWS);
      await until(() => received(mapped).x === 1 && mapped.atOnce === 0);
      mapped.rebuild(`${THROWS}//`);
      await until(() => received(mapped).x === 2 && mapped.atOnce === 0);
      await queue.send('', 'a');
      await until(() => received(mapped).a === 1);
      expect(received(mapped)).toEqual({ x: 2, a: 1 });
    });
  });

  describe('given a mapping that stops', () => {
    it('when a batch is in hand, then it ends and is deleted', async () => {
      const queue = await createQueue('standard', { VisibilityTimeout: '30' });
      await queue.send('', 'a');
      const mapped = map(queue, SLOW);
      await until(() => mapped.events.length === 1);
      running.splice(0);
      await mapped.stop();
      await expect(queue.counts()).resolves.toEqual({ visible: 0, hidden: 0 });
    });
  });
});
