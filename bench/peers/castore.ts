import { randomUUID } from 'node:crypto';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Aggregate, type EventDetail, EventStore, EventType } from '@castore/core';
import { DynamoDBSingleTableEventStorageAdapter } from '@castore/event-storage-adapter-dynamodb';

import {
  type Background,
  background,
  ensureOpen,
  type PeerAccount,
  open,
  type Opened,
  toLoaded,
  rename,
  type Renamed,
} from './peer-account';
import { type CommandSide, type LoadedAccount, type LoadSide, nameAt, ownerOf } from './side';
import { createTable, keys, writeAll } from './tables';

type Metadata = Background & { readonly eventId: string };
type OpenedDetail = EventDetail<'OPENED', Opened, Metadata>;
type RenamedDetail = EventDetail<'RENAMED', Renamed, Metadata>;
type Account = Aggregate & PeerAccount;

const TABLE = 'castore';
const STORE = 'ACCOUNTS';

/**
 * Castore with its adapter for a single DynamoDB table. A command: Query of all of the account's events (consistent, every page),
 * then PutItem on condition. It keeps no snapshots.
 */
export class Castore implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private readonly adapter = new DynamoDBSingleTableEventStorageAdapter({
    tableName: TABLE,
    dynamoDBClient: this.client,
  });
  private readonly accounts = new EventStore({
    eventStoreId: STORE,
    eventTypes: [
      new EventType<'OPENED', Opened, Metadata>({ type: 'OPENED' }),
      new EventType<'RENAMED', Renamed, Metadata>({ type: 'RENAMED' }),
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

  async rename(id: string): Promise<void> {
    const { aggregate } = await this.accounts.getExistingAggregate(id);

    ensureOpen(aggregate);
    await this.accounts.pushEvent(renamed(aggregate, { name: 'Savings of Ada Lovelace' }), {
      prevAggregate: aggregate,
    });
  }

  async load(id: string): Promise<LoadedAccount> {
    const { aggregate } = await this.accounts.getExistingAggregate(id);

    return toLoaded(aggregate, aggregate.version);
  }
}

function reducer(account: Account, event: OpenedDetail | RenamedDetail): Account {
  const { aggregateId, version } = event;

  return event.type === 'OPENED'
    ? { ...open(event.payload), aggregateId, version }
    : { ...account, ...rename(account, event.payload), version };
}

function renamed(account: Account, payload: Renamed): RenamedDetail {
  const { aggregateId, version } = account;

  return {
    aggregateId,
    version: version + 1,
    type: 'RENAMED',
    timestamp: new Date().toISOString(),
    payload,
    metadata: { eventId: randomUUID(), ...background(aggregateId, rename(account, payload)) },
  };
}

function lifeOf(id: string, length: number): (OpenedDetail | RenamedDetail)[] {
  const first: OpenedDetail = {
    aggregateId: id,
    version: 1,
    type: 'OPENED',
    timestamp: new Date().toISOString(),
    payload: { owner: ownerOf(id) },
    metadata: { eventId: randomUUID(), ...background(id) },
  };
  const account: Account = { ...open(first.payload), aggregateId: id, version: 1 };
  const renames = Array.from({ length: length - 1 }, (_, index) =>
    renamed({ ...account, version: index + 1 }, { name: nameAt(index + 2) }),
  );

  return [first, ...renames];
}
