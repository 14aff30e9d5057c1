import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

import { IdempotencyKeyReusedError } from '../../app/errors/idempotency-key-reused.error';
import type { CommandResult, Idempotency } from './command-context';
import type { IdempotencyRecord } from './idempotency-record';

/** The records of accepted commands, which an append writes. */
export class IdempotencyRecords {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * The result of a command when it was accepted; `undefined` when it never was, or too long ago.
   *
   * @throws IdempotencyKeyReusedError when the key came with another command
   */
  async resultOf({ key, fingerprint }: Idempotency): Promise<CommandResult | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { key }, ConsistentRead: true }),
    );
    const record = Item as IdempotencyRecord | undefined;

    if (!record || record.expiresAt * 1000 <= this.now().getTime()) {
      return undefined;
    }
    if (record.fingerprint !== fingerprint) {
      throw new IdempotencyKeyReusedError();
    }
    return { id: record.id, version: record.version };
  }
}
