import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import type { Membership } from '../../src/iam/membership/projections/membership.projection';
import { RoleProjections } from '../../src/iam/role/services/role-projections';
import { type RoleUser, RoleQueryService } from '../../src/iam/membership/services/role-query.service';
import { UserProjections } from '../../src/iam/user/services/user-projections';
import type { TestCloud } from './test-cloud';

/** The application on the engines of a test cloud, without the transport: the test delivers. */
export class TestApplication {
  readonly app: ApplicationContainer;
  readonly log: EventLog;
  readonly users: UserProjections;
  readonly roles: RoleProjections;
  readonly documents: DynamoDBDocumentClient;
  private readonly broker: QueueBroker;

  constructor({ clients }: TestCloud) {
    this.app = new ApplicationContainer(CONTEXTS, clients.dynamodb);
    this.log = this.app.get<EventLog>(EventLog);
    this.users = this.app.get<UserProjections>(UserProjections);
    this.roles = this.app.get<RoleProjections>(RoleProjections);
    this.documents = documentClient(clients.dynamodb);
    this.broker = new QueueBroker(this.app.eventHandlers, this.app.logger);
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

  async usersOf(roleId: Uuid): Promise<readonly RoleUser[]> {
    const { Items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: 'projection-role-users',
        ConsistentRead: true,
        KeyConditionExpression: 'roleId = :id',
        ExpressionAttributeValues: { ':id': roleId },
      }),
    );

    return (Items as Membership[]).map(({ userId, firstName, lastName, email }) => ({
      id: userId,
      firstName,
      lastName,
      email,
    }));
  }

  /** Version up to which the memberships have followed a user. */
  async membershipCheckpoint(id: Uuid): Promise<number | undefined> {
    const { Item } = await this.documents.send(
      new GetCommand({
        TableName: 'projection-checkpoints',
        Key: { handler: 'role-memberships', id },
        ConsistentRead: true,
      }),
    );

    return Item?.version as number | undefined;
  }

  get roleQueries(): RoleQueryService {
    return this.app.get(RoleQueryService);
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
