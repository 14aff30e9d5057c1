import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventStoreFactory } from 'event-store-adapter-js';
import { DefaultKeyResolver } from 'event-store-adapter-js/dist/internal/default-key-resolver';
import { JsonEventSerializer } from 'event-store-adapter-js/dist/internal/default-serializer';

import { toEvent, toUser, User, type UserEvent, UserId } from './adapter-user';
import { toLoaded } from './peer-user';
import { type CommandSide, lastSnapshotAt, type LoadedUser, type LoadSide, nameAt } from './side';
import { createTable, keys, writeAll } from './tables';

const JOURNAL = { table: 'journal', index: 'journal-aid-index' };
const SNAPSHOTS = { table: 'snapshot', index: 'snapshots-aid-index' };
const SHARDS = 32; // as in its documentation

/**
 * event-store-adapter-js. A command: Query of the snapshot, Query of the events since (one page of each, from indexes: eventually
 * consistent), then TransactWriteItems of the event and the snapshot's version. The command itself writes the snapshot, when
 * the user is created and as often as the application likes.
 */
export class EventStoreAdapter implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private readonly resolver = new DefaultKeyResolver<UserId>();
  private readonly serializer = new JsonEventSerializer<UserId, UserEvent>();
  private readonly users = EventStoreFactory.ofDynamoDB<UserId, User, UserEvent>(
    this.client,
    JOURNAL.table,
    SNAPSHOTS.table,
    JOURNAL.index,
    SNAPSHOTS.index,
    SHARDS,
    toEvent,
    toUser,
  );

  /** Its tables as its documentation has them. */
  async createTables(): Promise<void> {
    for (const { table, index } of [JOURNAL, SNAPSHOTS]) {
      await createTable(this.client, {
        TableName: table,
        AttributeDefinitions: [
          { AttributeName: 'pkey', AttributeType: 'S' },
          { AttributeName: 'skey', AttributeType: 'S' },
          { AttributeName: 'aid', AttributeType: 'S' },
          { AttributeName: 'seq_nr', AttributeType: 'N' },
        ],
        KeySchema: keys('pkey', 'skey'),
        GlobalSecondaryIndexes: [
          { IndexName: index, KeySchema: keys('aid', 'seq_nr'), Projection: { ProjectionType: 'ALL' } },
        ],
      });
    }
  }

  async write(id: string, length: number): Promise<void> {
    const [created, registered] = User.register(new UserId(id));
    const snapshotAt = lastSnapshotAt(length);
    const items: Record<string, AttributeValue>[] = [];
    let user = created;

    await this.users.persistEventAndSnapshot(registered, created);
    for (let version = 2; version <= length; version++) {
      const [next, event] = user.update(nameAt(version));

      if (version === snapshotAt) {
        await this.users.persistEventAndSnapshot(event, next);
      } else {
        items.push(this.itemOf(event));
      }
      user = next;
    }
    await writeAll(this.client, JOURNAL.table, items);
  }

  async update(id: string): Promise<void> {
    const user = await this.find(id);
    const [, updated] = user.update({ firstName: 'Ada', lastName: 'Lovelace' });

    await this.users.persistEvent(updated, user.version);
  }

  async load(id: string): Promise<LoadedUser> {
    const { user, sequenceNumber } = await this.find(id);

    return toLoaded(user, sequenceNumber);
  }

  private async find(value: string): Promise<User> {
    const id = new UserId(value);
    const snapshot = await this.users.getLatestSnapshotById(id);

    if (!snapshot) {
      throw new Error(`Expected a snapshot of ${value}.`);
    }
    const events = await this.users.getEventsByIdSinceSequenceNumber(id, snapshot.sequenceNumber + 1);

    return events.reduce((user, event) => user.replay(event), snapshot);
  }

  /** What `persistEvent` puts into the journal. */
  private itemOf(event: UserEvent): Record<string, AttributeValue> {
    const { aggregateId, sequenceNumber, occurredAt } = event;

    return {
      pkey: { S: this.resolver.resolvePartitionKey(aggregateId, SHARDS) },
      skey: { S: this.resolver.resolveSortKey(aggregateId, sequenceNumber) },
      aid: { S: aggregateId.asString() },
      seq_nr: { N: String(sequenceNumber) },
      payload: { B: this.serializer.serialize(event) },
      occurred_at: { N: String(occurredAt.getUTCMilliseconds()) },
    };
  }
}
