import { randomUUID } from 'node:crypto';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Aggregate, type EventDetail, EventStore, EventType } from '@castore/core';
import { DynamoDBSingleTableEventStorageAdapter } from '@castore/event-storage-adapter-dynamodb';

import {
  type Background,
  background,
  ensureEnabled,
  type PeerUser,
  register,
  type Registered,
  toLoaded,
  update,
  type Updated,
} from './peer-user';
import { type CommandSide, emailOf, type LoadedUser, type LoadSide, nameAt } from './side';
import { createTable, keys, writeAll } from './tables';

type Metadata = Background & { readonly eventId: string };
type RegisteredDetail = EventDetail<'REGISTERED', Registered, Metadata>;
type UpdatedDetail = EventDetail<'UPDATED', Updated, Metadata>;
type User = Aggregate & PeerUser;

const TABLE = 'castore';
const STORE = 'USERS';

/**
 * Castore with its adapter for a single DynamoDB table. A command: Query of all of the user's events (consistent, every page),
 * then PutItem on condition. It keeps no snapshots.
 */
export class Castore implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private readonly adapter = new DynamoDBSingleTableEventStorageAdapter({
    tableName: TABLE,
    dynamoDBClient: this.client,
  });
  private readonly users = new EventStore({
    eventStoreId: STORE,
    eventTypes: [
      new EventType<'REGISTERED', Registered, Metadata>({ type: 'REGISTERED' }),
      new EventType<'UPDATED', Updated, Metadata>({ type: 'UPDATED' }),
    ],
    reducer,
    eventStorageAdapter: this.adapter,
  });

  /** Its table as its documentation has it. */
  async createTable(): Promise<void> {
    await createTable(this.client, {
      TableName: TABLE,
      AttributeDefinitions: [
        { AttributeName: 'aggregateId', AttributeType: 'S' },
        { AttributeName: 'version', AttributeType: 'N' },
        { AttributeName: 'eventStoreId', AttributeType: 'S' },
        { AttributeName: 'timestamp', AttributeType: 'S' },
      ],
      KeySchema: keys('aggregateId', 'version'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'initialEvents',
          KeySchema: keys('eventStoreId', 'timestamp'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  }

  async write(id: string, length: number): Promise<void> {
    const items = lifeOf(id, length).map(
      (event) => this.adapter.getPushEventInput(event, { eventStoreId: STORE }).Item ?? {},
    );

    await writeAll(this.client, TABLE, items);
  }

  async update(id: string): Promise<void> {
    const { aggregate } = await this.users.getExistingAggregate(id);

    ensureEnabled(aggregate);
    await this.users.pushEvent(updated(aggregate, { firstName: 'Ada', lastName: 'Lovelace' }), {
      prevAggregate: aggregate,
    });
  }

  async load(id: string): Promise<LoadedUser> {
    const { aggregate } = await this.users.getExistingAggregate(id);

    return toLoaded(aggregate, aggregate.version);
  }
}

function reducer(user: User, event: RegisteredDetail | UpdatedDetail): User {
  const { aggregateId, version } = event;

  return event.type === 'REGISTERED'
    ? { ...register(event.payload), aggregateId, version }
    : { ...user, ...update(user, event.payload), version };
}

function updated(user: User, payload: Updated): UpdatedDetail {
  const { aggregateId, version } = user;

  return {
    aggregateId,
    version: version + 1,
    type: 'UPDATED',
    timestamp: new Date().toISOString(),
    payload,
    metadata: { eventId: randomUUID(), ...background(aggregateId, update(user, payload)) },
  };
}

function lifeOf(id: string, length: number): (RegisteredDetail | UpdatedDetail)[] {
  const first: RegisteredDetail = {
    aggregateId: id,
    version: 1,
    type: 'REGISTERED',
    timestamp: new Date().toISOString(),
    payload: { email: emailOf(id) },
    metadata: { eventId: randomUUID(), ...background(id) },
  };
  const user: User = { ...register(first.payload), aggregateId: id, version: 1 };
  const renames = Array.from({ length: length - 1 }, (_, index) =>
    updated({ ...user, version: index + 1 }, nameAt(index + 2)),
  );

  return [first, ...renames];
}
