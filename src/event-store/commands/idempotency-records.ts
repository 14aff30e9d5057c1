import { type DynamoDBDocumentClient, TransactGetCommand } from '@aws-sdk/lib-dynamodb';

import { refusalsOf } from '../dynamo/refusals';
import { ConcurrencyError } from '../errors/concurrency.error';
import { IdempotencyKeyReusedError } from '../errors/idempotency-key-reused.error';
import { retryOnConflict } from '../retry-on-conflict';
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
    const record = await retryOnConflict(() => this.read(key));

    if (!record || record.expiresAt * 1000 <= this.now().getTime()) {
      return undefined;
    }
    if (record.fingerprint !== fingerprint) {
      throw new IdempotencyKeyReusedError();
    }
    return { id: record.id, version: record.version };
  }

  /**
   * Reads in a transaction, which DynamoDB refuses while an append is writing the record. A plain read would then find no record,
   * although the same append has already made this command fail.
   */
  private async read(key: string): Promise<IdempotencyRecord | undefined> {
    try {
      const { Responses = [] } = await this.client.send(
        new TransactGetCommand({ TransactItems: [{ Get: { TableName: this.table, Key: { key } } }] }),
      );

      return Responses[0]?.Item as IdempotencyRecord | undefined;
    } catch (error) {
      const isConflict = refusalsOf(error)?.some(({ code }) => code === 'TransactionConflict');

      throw isConflict ? new ConcurrencyError('The command is being accepted just now.', { cause: error }) : error;
    }
  }
}
