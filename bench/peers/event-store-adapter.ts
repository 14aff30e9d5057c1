import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventStoreFactory } from 'event-store-adapter-js';
import { DefaultKeyResolver } from 'event-store-adapter-js/dist/internal/default-key-resolver';
import { JsonEventSerializer } from 'event-store-adapter-js/dist/internal/default-serializer';

import { Account, type AccountEvent, AccountId, toAccount, toEvent } from './adapter-account';
import { toLoaded } from './peer-account';
import { type CommandSide, lastSnapshotAt, type LoadedAccount, type LoadSide, nameAt } from './side';
import { createTable, keys, writeAll } from './tables';

const JOURNAL = { table: 'journal', index: 'journal-aid-index' };
const SNAPSHOTS = { table: 'snapshot', index: 'snapshots-aid-index' };
const SHARDS = 32; // as in its documentation

/**
 * event-store-adapter-js. A command: Query of the snapshot, Query of the events since (one page of each, from indexes: eventually
 * consistent), then TransactWriteItems of the event and the snapshot's version. The command itself writes the snapshot, when
 * the account is created and as often as the application likes.
 */
export class EventStoreAdapter implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private readonly resolver = new DefaultKeyResolver<AccountId>();
  private readonly serializer = new JsonEventSerializer<AccountId, AccountEvent>();
  private readonly accounts = EventStoreFactory.ofDynamoDB<AccountId, Account, AccountEvent>(
    this.client,
    JOURNAL.table,
    SNAPSHOTS.table,
    JOURNAL.index,
    SNAPSHOTS.index,
    SHARDS,
    toEvent,
    toAccount,
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
    const [created, opened] = Account.open(new AccountId(id));
    const snapshotAt = lastSnapshotAt(length);
    const items: Record<string, AttributeValue>[] = [];
    let account = created;

    await this.accounts.persistEventAndSnapshot(opened, created);
    for (let version = 2; version <= length; version++) {
      const [next, event] = account.rename({ name: nameAt(version) });

      if (version === snapshotAt) {
        await this.accounts.persistEventAndSnapshot(event, next);
      } else {
        items.push(this.itemOf(event));
      }
      account = next;
    }
    await writeAll(this.client, JOURNAL.table, items);
  }

  async rename(id: string): Promise<void> {
    const account = await this.find(id);
    const [, renamed] = account.rename({ name: 'Savings of Ada Lovelace' });

    await this.accounts.persistEvent(renamed, account.version);
  }

  async load(id: string): Promise<LoadedAccount> {
    const { account, sequenceNumber } = await this.find(id);

    return toLoaded(account, sequenceNumber);
  }

  private async find(value: string): Promise<Account> {
    const id = new AccountId(value);
    const snapshot = await this.accounts.getLatestSnapshotById(id);

    if (!snapshot) {
      throw new Error(`Expected a snapshot of ${value}.`);
    }
    const events = await this.accounts.getEventsByIdSinceSequenceNumber(id, snapshot.sequenceNumber + 1);

    return events.reduce((account, event) => account.replay(event), snapshot);
  }

  /** What `persistEvent` puts into the journal. */
  private itemOf(event: AccountEvent): Record<string, AttributeValue> {
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
