import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';

/** Why DynamoDB refused one item of a write. */
export interface Refusal {
  /** `None`, `ConditionalCheckFailed`, `TransactionConflict`, `ThrottlingError`, … as in a transaction's cancellation reasons. */
  readonly code: string;
  /** The item that was there, where the condition failed and the write asked for it. */
  readonly item: Record<string, AttributeValue> | undefined;
}

/**
 * What DynamoDB says of each item of a write that it refused, in the order of the write; the answers of a single `PutItem`
 * take the same form. `undefined` for an error that is no refusal.
 */
export function refusalsOf(error: unknown): readonly Refusal[] | undefined {
  if (error instanceof ConditionalCheckFailedException) {
    return [{ code: 'ConditionalCheckFailed', item: error.Item }];
  }
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).map(({ Code = 'None', Item }) => ({ code: Code, item: Item }));
  }
  if (error instanceof TransactionConflictException || error instanceof TransactionInProgressException) {
    return [{ code: 'TransactionConflict', item: undefined }];
  }
  return undefined;
}
