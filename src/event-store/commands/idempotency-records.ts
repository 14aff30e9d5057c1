import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

import type { IdempotencyRecord } from './idempotency-record';

/** The records of accepted commands, which an append writes. */
export class IdempotencyRecords {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The record of a key; `undefined` when there is none, or when its time is past. */
  async find(key: string): Promise<IdempotencyRecord | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { key }, ConsistentRead: true }),
    );
    const record = Item as IdempotencyRecord | undefined;

    return record && record.expiresAt * 1000 > this.now().getTime() ? record : undefined;
  }
}
