import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateScan,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

import { movesFrom, onCheckpoint } from '../dynamo/checkpoint-condition';
import type { Uuid } from '../events/event';
import type {
  Checkpoint,
  MultiStreamProjectionRepository,
  RowChange,
  RowKey,
} from './multi-stream-projection.repository';
import { checkpointRemoval, keyOf, type MultiStreamProjectionTable, rowWrite } from './multi-stream-writes';
import type { Page, PageRequest } from './page';

// A transaction takes 100 items; one is the checkpoint.
const MAXIMUM_REMOVED = 99;

/** Rows of a multi-stream projection, in a DynamoDB table with a partition and a sort key. */
export class DynamoMultiStreamProjectionRepository<
  TRow extends object,
> implements MultiStreamProjectionRepository<TRow> {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: MultiStreamProjectionTable,
  ) {}

  async checkpoint({ handler, id }: Checkpoint): Promise<number> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table.checkpoints, Key: { handler, id }, ConsistentRead: true }),
    );

    return (Item?.version as number | undefined) ?? 0;
  }

  async save(
    changes: readonly RowChange[],
    { handler, id, from, to }: Checkpoint & { readonly from: number; readonly to: number },
  ): Promise<void> {
    const checkpoint = { TableName: this.table.checkpoints, Item: { handler, id, version: to }, ...movesFrom(from) };

    await onCheckpoint(
      changes.length === 0
        ? this.client.send(new PutCommand(checkpoint))
        : this.client.send(
            new TransactWriteCommand({
              TransactItems: [{ Put: checkpoint }, ...changes.map((change) => rowWrite(change, this.table))],
            }),
          ),
    );
  }

  async list(partition: Uuid, { limit, cursor }: PageRequest): Promise<Page<TRow>> {
    const { name, partitionKey, sortKey } = this.table;
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: name,
        ConsistentRead: true,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': partitionKey },
        ExpressionAttributeValues: { ':partition': partition },
        // One more than the limit tells whether there is a next page.
        Limit: limit + 1,
        ExclusiveStartKey: cursor === undefined ? undefined : { [partitionKey]: partition, [sortKey]: cursor },
      }),
    );

    const items = Items.slice(0, limit);

    return {
      items: items as TRow[],
      nextCursor: Items.length > limit ? (items.at(-1)?.[sortKey] as string) : undefined,
    };
  }

  async get(key: RowKey): Promise<TRow | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table.name, Key: key, ConsistentRead: true }),
    );

    return Item as TRow | undefined;
  }

  async *keys(): AsyncGenerator<RowKey> {
    const { name, partitionKey, sortKey } = this.table;
    const pages = paginateScan(
      { client: this.client },
      {
        TableName: name,
        // Else a row that its checkpoint stands for may not be seen yet.
        ConsistentRead: true,
        ProjectionExpression: '#partition, #sort',
        ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
      },
    );

    for await (const { Items = [] } of pages) {
      yield* Items as RowKey[];
    }
  }

  keyOf(change: RowChange): RowKey {
    return keyOf(change, this.table);
  }

  aggregateOf(key: RowKey): Uuid {
    return key[this.table.aggregateKey] ?? '';
  }

  async clear(keys: readonly RowKey[], checkpoint: Checkpoint & { readonly from: number }): Promise<void> {
    const rows = keys.map((remove) => rowWrite({ remove }, this.table));

    // The checkpoint goes last: while it stands, no handler takes the removed rows for events that it has yet to apply.
    while (rows.length > MAXIMUM_REMOVED) {
      await this.client.send(new TransactWriteCommand({ TransactItems: rows.splice(0, MAXIMUM_REMOVED) }));
    }
    await onCheckpoint(
      this.client.send(
        new TransactWriteCommand({ TransactItems: [...rows, checkpointRemoval(checkpoint, this.table)] }),
      ),
    );
  }
}
