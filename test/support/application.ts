import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { ApplicationContainer } from '../../src/app/application-container';
import type { ContextModule } from '../../src/app/context-module';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import type { TestCloud } from './test-cloud';

/** Some contexts on the engines of a test cloud, without the transport: the test delivers. */
export class TestApplication {
  readonly app: ApplicationContainer;
  readonly log: EventLog;
  readonly documents: DynamoDBDocumentClient;
  private readonly broker: QueueBroker;

  constructor({ clients }: TestCloud, contexts: readonly ContextModule[]) {
    const app = new ApplicationContainer(contexts, clients.dynamodb);

    this.app = app;
    this.log = app.get<EventLog>(EventLog);
    this.documents = documentClient(clients.dynamodb);
    this.broker = new QueueBroker(app.handlers, app.events, app.get(EventLog), app.logger);
  }

  /** Appends events as they are, whatever their versions. */
  async store(...events: readonly Event[]): Promise<void> {
    for (const event of events) {
      await this.documents.send(new PutCommand({ TableName: 'EventLog', Item: toItem(event) }));
    }
  }

  /** Hands one batch of messages to the queue broker, as Lambda does; answers the positions that failed. */
  async deliver(...events: readonly unknown[]): Promise<number[]> {
    const { batchItemFailures } = await this.project({ Records: events.map(toRecord) });

    return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
  }

  /** What the queues' processors do with a batch. */
  project(event: SQSEvent): Promise<SQSBatchResponse> {
    return this.broker.deliver(event);
  }
}

function toRecord(event: unknown, index: number): SQSRecord {
  return {
    messageId: String(index),
    receiptHandle: '',
    body: typeof event === 'string' ? event : JSON.stringify(event),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  };
}
