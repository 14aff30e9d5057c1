import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';

import { DynamoDbStreamReader } from '../../local/mappings/dynamodb-stream-reader.ts';
import { KinesisStreamReader } from '../../local/mappings/kinesis-stream-reader.ts';
import type { StreamRecord } from '../../local/mappings/stream-reader.ts';
import type { EventReference } from '../../src/event-store/events/event-reference';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { TestCloud } from '../support/test-cloud';
import { isOfRun } from './aggregate-id';
import { DeadLetters } from './dead-letters';
import type { FaultPlan } from './fault-plan';
import type { Functions } from './functions';
import type { Lambda } from './lambda';
import type { Mutation, Project } from './mutation';
import { QueuePump, type QueuePumpOptions } from './queue-pump';
import { QUEUES } from './queues';
import { type EventKey, StreamFaults } from './stream-faults';
import { streamMappings } from './stream-mappings';
import { StreamPump } from './stream-pump';

/** The template asks for one. More are allowed, since Lambda orders by partition key. */
const LANES_OF_KINESIS = 2;

export interface Delivery {
  readonly functions: Omit<Functions, 'project'>;
  readonly project: Project;
  readonly lambda: Lambda;
  readonly faults: FaultPlan;
  /** Streams hold the events of earlier runs, too. */
  readonly run: number;
}

/** All event source mappings of the template, one step at a time and in turn. */
export class Transport {
  readonly fromLog: StreamPump;
  readonly fromStream: StreamPump;
  readonly queues: readonly QueuePump[];
  readonly streamFaults: StreamFaults;
  private readonly retries: QueuePump;
  private readonly deadLetters: readonly DeadLetters[];
  private readonly streamed: { Records: object[] }[] = [];

  constructor(
    cloud: TestCloud,
    private readonly delivery: Delivery,
    { answer = same, mapping = same }: Mutation,
  ) {
    const { functions, project, ...shared } = delivery;
    const { ofLog, ofKinesis } = streamMappings(cloud);
    const log = mapping(ofLog);
    const kinesis = mapping({ ...ofKinesis, parallelizationFactor: LANES_OF_KINESIS });

    this.streamFaults = new StreamFaults(delivery.faults);
    this.fromLog = new StreamPump({
      ...shared,
      streamFaults: this.streamFaults,
      mapping: log,
      reader: new DynamoDbStreamReader(new DynamoDBStreamsClient({}), log.streamArn, log.eventSourceArn),
      identify: ofRun(delivery.run, eventOfLog),
      handler: async (event) => answer(await functions.adapt(event)),
    });
    this.fromStream = new StreamPump({
      ...shared,
      streamFaults: this.streamFaults,
      mapping: kinesis,
      reader: new KinesisStreamReader(cloud.clients.kinesis, kinesis.streamArn, kinesis.eventSourceArn),
      identify: ofRun(delivery.run, eventOfStream),
      handler: async (event) => {
        this.streamed.push(event);
        return answer(await functions.fanOut(event));
      },
    });
    const handle = (event: SQSEvent) =>
      shared.lambda.invokeUntil(async (deadline) => answer(await project(event, deadline)));
    const retry = (event: SQSEvent) => shared.lambda.invoke(() => functions.retry(event));

    this.queues = QUEUES.map((name) => queuePump(cloud, `${name}Queue`, handle, shared.faults));
    this.retries = queuePump(cloud, 'RetryQueue', retry, shared.faults);
    this.deadLetters = QUEUES.map((name) => deadLetters(cloud, name));
  }

  /** One batch on each way, from the log to the projections. */
  async step(): Promise<void> {
    await this.fromLog.step();
    await this.fromStream.step();
    await this.makeSnapshots();
    await this.retries.step();
    for (const queue of this.queues) {
      await queue.step();
    }
  }

  /** Of what has been on the stream. A batch that fails comes to nothing: an aggregate's next snapshot makes up for it. */
  private async makeSnapshots(): Promise<void> {
    const { lambda, functions } = this.delivery;

    for (const event of this.streamed.splice(0)) {
      await lambda.invoke(() => functions.snapshot(event)).catch(() => undefined);
    }
  }

  /** Whether nothing that was read from a stream is under way. */
  async isQuiet(): Promise<boolean> {
    const areEmpty = await Promise.all([this.retries, ...this.queues].map((queue) => queue.isEmpty()));

    return this.fromLog.isQuiet && this.fromStream.isQuiet && areEmpty.every(Boolean);
  }

  /** Sends all dead letters back to their queues; answers whether there was any. */
  async redrive(): Promise<boolean> {
    const redriven = await Promise.all(this.deadLetters.map((queue) => queue.redrive()));

    return redriven.some(Boolean);
  }

  /** All dead letters so far, each queue's in the order in which they came there. */
  get redriven(): EventReference[] {
    return this.deadLetters.flatMap(({ redriven }) => redriven);
  }
}

function same<T>(value: T): T {
  return value;
}

function ofRun(run: number, identify: (record: StreamRecord) => EventKey | undefined) {
  return (record: StreamRecord) => {
    const event = identify(record);

    return event && isOfRun(event.aggregateId, run) ? event : undefined;
  };
}

function eventOfLog({ eventRecord }: StreamRecord): EventKey | undefined {
  const { eventName, dynamodb } = eventRecord as DynamoDBRecord;

  return eventName === 'INSERT'
    ? { aggregateId: dynamodb!.Keys!.id!.S!, version: Number(dynamodb!.Keys!.$version!.N) }
    : undefined;
}

function eventOfStream({ eventRecord }: StreamRecord): EventKey {
  const { kinesis } = eventRecord as { kinesis: { data: string } };
  const { id, $version } = decodeMessage(Buffer.from(kinesis.data, 'base64').toString()).reference;

  return { aggregateId: id, version: $version };
}

function queuePump(cloud: TestCloud, name: string, invoke: QueuePumpOptions['invoke'], faults: FaultPlan): QueuePump {
  const { Ref: url, Arn: arn } = cloud.attributes(name);

  return new QueuePump({ invoke, faults, sqs: cloud.clients.sqs, queue: { url: url!, arn: arn! } });
}

function deadLetters(cloud: TestCloud, name: string): DeadLetters {
  return new DeadLetters(cloud.clients.sqs, {
    queue: cloud.attributes(`${name}Queue`).Ref!,
    deadLetters: cloud.attributes(`${name}DeadLetterQueue`).Ref!,
  });
}
