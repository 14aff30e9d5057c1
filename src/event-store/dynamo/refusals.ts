import type {
  AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
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
  switch (error instanceof Error && error.name) {
    case 'ConditionalCheckFailedException':
      return [{ code: 'ConditionalCheckFailed', item: (error as ConditionalCheckFailedException).Item }];
    case 'TransactionCanceledException':
      return ((error as TransactionCanceledException).CancellationReasons ?? []).map(({ Code = 'None', Item }) => ({
        code: Code,
        item: Item,
      }));
    case 'TransactionConflictException':
    case 'TransactionInProgressException':
      return [{ code: 'TransactionConflict', item: undefined }];
    default:
      return undefined;
  }
}
