import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { inspectionsOf } from '../../ops/projections/inspections-of';
import { rebuild } from '../../ops/projections/rebuild';
import { DeadLetters } from '../../ops/queues/dead-letters';
import { EventRoute } from '../../ops/queues/event-route';
import { Replay } from '../../ops/queues/replay';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import { toItem } from '../../src/event-store/events/event-item';
import { type CodeVersion, projectionsOf } from './projections';
import type { Event } from '../../src/event-store/events/event';

/** What the actors reach the world by. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly kinesis: KinesisClient;
  readonly sqs: SQSClient;
}

/** Whoever does something: a function with its code, or an operator with a command. */
export type ActorName =
  | 'adaptor'
  | 'broker'
  | 'retry'
  | 'processor'
  | 'old processor'
  | 'redrive deadLetters'
  | 'redrive quarantine'
  | 'replay'
  | 'replay a'
  | 'rebuild a';

/** What a function instance does with a batch of messages. */
export type Actor = (bodies: readonly string[]) => Promise<unknown>;

const nothing = () => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const PROGRESS = { advance: nothing };

/** A new instance of a function, with all that it keeps while it is warm; or an operator's command. */
export interface Instance {
  readonly act: Actor;
  /** Whatever it may remember from one batch to the next. */
  readonly memory: object;
}

type Alter = Parameters<typeof projectionsOf>[2];

export function instanceOf(name: ActorName, clients: Clients, alter: Alter): Instance {
  switch (name) {
    case 'adaptor':
      return adaptor(clients);
    case 'broker':
    case 'retry':
      return broker(name, clients);
    case 'processor':
      return processor('new', clients, alter);
    case 'old processor':
      return processor('old', clients, alter);
    default:
      return { act: () => operate(name, clients, alter), memory: {} };
  }
}

function adaptor({ kinesis, sqs }: Clients): Instance {
  const memory = new DynamoKinesisAdaptor(kinesis, 'stream', aside(sqs, 'quarantine'), SILENT);

  return { act: (bodies) => memory.deliver({ Records: bodies.map(logRecord) } as DynamoDBStreamEvent), memory };
}

function broker(name: 'broker' | 'retry', { sqs }: Clients): Instance {
  const others = { quarantine: aside(sqs, 'quarantine'), retries: aside(sqs, 'retries') };
  const memory = new EventSourceBroker(() => queueOf(sqs), others);

  return name === 'broker'
    ? {
        act: (bodies) => memory.deliver({ Records: bodies.map(kinesisRecord) } as unknown as KinesisStreamEvent),
        memory,
      }
    : { act: (bodies) => memory.retry({ Records: bodies.map(message) } as unknown as SQSEvent), memory };
}

function processor(code: CodeVersion, clients: Clients, alter: Alter): Instance {
  const { handlers, events, log } = projectionsOf(code, clients.documents, alter);
  const source = {
    types: handlers.map((handler) => handler.constructor as never),
    resolve: (type: unknown) => handlers.find((handler) => handler.constructor === type)!,
  };
  const memory = new QueueBroker(source, events, log, SILENT);

  return {
    act: (bodies) => memory.deliver({ Records: bodies.map(message) } as unknown as SQSEvent),
    memory: { memory, handlers },
  };
}

async function operate(name: ActorName, { documents, sqs }: Clients, alter: Alter): Promise<unknown> {
  const { handlers, events, log } = projectionsOf('new', documents, alter);
  const replay = () => new Replay(log, () => queueOf(sqs), PROGRESS);
  const [command, what = ''] = name.split(' ');

  switch (command) {
    case 'redrive':
      return new DeadLetters(sqs, what).redrive(new EventRoute(() => queueOf(sqs), log, SILENT), PROGRESS);
    case 'replay':
      return what ? replay().aggregate(what) : replay().all();
    default:
      return rebuild(what, { log, projections: inspectionsOf(handlers, events), replay: replay() });
  }
}

function aside(sqs: SQSClient, queue: string): UndeliveredQueue {
  return new UndeliveredQueue(sqs, queue, 'test', SILENT);
}

function queueOf(sqs: SQSClient): EventQueue {
  return new EventQueue(sqs, 'queue', SILENT);
}

function logRecord(body: string, index: number) {
  const event = JSON.parse(body) as Event;
  const { id, $version } = event;

  return {
    eventName: 'INSERT',
    dynamodb: {
      Keys: marshall({ id, $version }),
      NewImage: marshall(toItem(event), { removeUndefinedValues: true }),
      SequenceNumber: String(index),
    },
  };
}

function kinesisRecord(body: string, index: number) {
  const data = Buffer.from(body).toString('base64');

  return { kinesis: { data, partitionKey: '', sequenceNumber: String(index) } };
}

function message(body: string, index: number) {
  return { messageId: String(index), body, attributes: { ApproximateReceiveCount: '1' } };
}
