import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';

import { DynamoDbStreamReader } from '../../local/mappings/dynamodb-stream-reader.ts';
import { KinesisStreamReader } from '../../local/mappings/kinesis-stream-reader.ts';
import type { StreamRecord } from '../../local/mappings/stream-reader.ts';
import { parseEvent } from '../../src/event-store/events/parse-event';
import type { TestCloud } from '../support/test-cloud';
import { DeadLetters } from './dead-letters';
import type { FaultPlan } from './fault-plan';
import type { Functions } from './functions';
import type { Lambda } from './lambda';
import type { Mutation } from './mutation';
import { QueuePump } from './queue-pump';
import { StreamFaults } from './stream-faults';
import { StreamPump } from './stream-pump';

const QUEUES = ['IamUser', 'IamRole'];

/** All event source mappings of the template, one step at a time and in turn. */
export class Transport {
  readonly fromLog: StreamPump;
  readonly fromStream: StreamPump;
  readonly queues: readonly QueuePump[];
  readonly deadLetters: readonly DeadLetters[];
  readonly streamFaults: StreamFaults;

  constructor(cloud: TestCloud, functions: Functions, { lambda, faults }: Delivery, mutation: Mutation) {
    const { answer = (given: unknown) => given } = mutation;
    const answering =
      <T>(handler: (event: T) => Promise<unknown>) =>
      async (event: T) =>
        answer(await handler(event));
    const streamArn = cloud.attributes('EventLog').StreamArn!;
    const kinesisArn = cloud.attributes('EventSourceStream').Arn!;

    this.streamFaults = new StreamFaults(faults);
    const shared = { lambda, faults, streamFaults: this.streamFaults };
    this.fromLog = new StreamPump({
      ...shared,
      reader: new DynamoDbStreamReader(new DynamoDBStreamsClient({}), streamArn, streamArn),
      identify: ofLog,
      handler: answering(functions.adapt),
      lanes: mutation.lanes,
    });
    this.fromStream = new StreamPump({
      ...shared,
      reader: new KinesisStreamReader(cloud.clients.kinesis, kinesisArn, kinesisArn),
      identify: ofStream,
      handler: answering(functions.fanOut),
    });
    this.queues = QUEUES.map((name) => queuePump(cloud, name, answering(functions.project), { lambda, faults }));
    this.deadLetters = QUEUES.map((name) => deadLetters(cloud, name));
  }

  /** From now on it brings all that is appended. */
  async open(): Promise<void> {
    await this.fromLog.open();
    await this.fromStream.open();
  }

  /** One batch on each way, from the log to the projections. */
  async step(): Promise<void> {
    await this.fromLog.step();
    await this.fromStream.step();
    for (const queue of this.queues) {
      await queue.step();
    }
  }

  /** @param events so many are in the log */
  async isQuiet(events: number): Promise<boolean> {
    const areEmpty = await Promise.all(this.queues.map((queue) => queue.isEmpty()));

    return this.fromLog.read >= events && this.fromLog.isQuiet && this.fromStream.isQuiet && areEmpty.every(Boolean);
  }

  /** Sends all dead letters back to their queues; answers whether there was any. */
  async redrive(): Promise<boolean> {
    const redriven = await Promise.all(this.deadLetters.map((queue) => queue.redrive()));

    return redriven.some(Boolean);
  }
}

interface Delivery {
  readonly lambda: Lambda;
  readonly faults: FaultPlan;
}

function ofLog({ eventRecord }: StreamRecord) {
  const { eventName, dynamodb } = eventRecord as DynamoDBRecord;

  return eventName === 'INSERT'
    ? { aggregateId: dynamodb!.Keys!.id!.S!, version: Number(dynamodb!.Keys!.$version!.N) }
    : undefined;
}

function ofStream({ eventRecord }: StreamRecord) {
  const { kinesis } = eventRecord as { kinesis: { data: string } };
  const { id, $version } = parseEvent(Buffer.from(kinesis.data, 'base64').toString());

  return { aggregateId: id, version: $version };
}

function queuePump(
  cloud: TestCloud,
  name: string,
  handler: (event: SQSEvent) => Promise<unknown>,
  delivery: Delivery,
): QueuePump {
  const { Ref: url, Arn: arn } = cloud.attributes(`${name}Queue`);

  return new QueuePump({ ...delivery, sqs: cloud.clients.sqs, queue: { url: url!, arn: arn! }, handler });
}

function deadLetters(cloud: TestCloud, name: string): DeadLetters {
  return new DeadLetters(cloud.clients.sqs, {
    queue: cloud.attributes(`${name}Queue`).Ref!,
    deadLetters: cloud.attributes(`${name}DeadLetterQueue`).Ref!,
  });
}
