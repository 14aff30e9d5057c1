import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { queueNameOf } from '../../src/app/naming/queue-name';
import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventLog } from '../../src/event-store/event-log/event-log';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { Snapshotter } from '../../src/event-store/delivery/snapshotter';
import type { TestCloud } from '../../test/support/test-cloud';

/** The functions behind the event log, by their logical ids. */
export const FUNCTIONS = [
  'DynamoKinesisAdaptor',
  'EventBroker',
  'Snapshotter',
  'IamUserQueueProcessor',
  'IamRoleQueueProcessor',
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

export type LambdaFunction = (event: unknown) => Promise<unknown>;

/** The functions in this process, each made as its Lambda entry file makes it, on clients that are counted. */
export function openFunctions(
  cloud: TestCloud,
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
): Readonly<Record<FunctionName, LambdaFunction>> {
  const queue = (type: string) => new EventQueue(sqs, cloud.attributes(queueNameOf(type)).Ref ?? '', logger);
  const aside = (name: string) => new UndeliveredQueue(sqs, cloud.attributes(name).Ref ?? '', 'bench', logger);
  const app = new ApplicationContainer(CONTEXTS, dynamodb);
  const stream = cloud.attributes('EventSourceStream').Ref ?? '';
  const adaptor = new DynamoKinesisAdaptor(new KinesisClient({}), stream, aside('QuarantineQueue'), logger);
  const broker = new EventSourceBroker(queue, { quarantine: aside('QuarantineQueue'), retries: aside('RetryQueue') });
  const snapshotter = new Snapshotter((type) => app.repositoryOf(type), app.snapshotInterval, logger);
  const queueBroker = new QueueBroker(app.handlers, app.events, app.get(EventLog), logger);
  const processor = (event: unknown) => queueBroker.deliver(event as SQSEvent);

  return {
    DynamoKinesisAdaptor: (event) => adaptor.deliver(event as DynamoDBStreamEvent),
    EventBroker: (event) => broker.deliver(event as KinesisStreamEvent),
    Snapshotter: (event) => snapshotter.deliver(event as KinesisStreamEvent),
    IamUserQueueProcessor: processor,
    IamRoleQueueProcessor: processor,
  };
}
