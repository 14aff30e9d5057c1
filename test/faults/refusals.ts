import {
  ConditionalCheckFailedException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

const RESPONSE = { $metadata: { httpStatusCode: 400 } };

/** DynamoDB's answers to a write that it refuses, by what was asked of it. */
export interface Write {
  readonly command: string;
  readonly input: unknown;
}

export function isConditional({ command, input }: Write): boolean {
  return isTransaction({ command, input }) || 'ConditionExpression' in (input as object);
}

export function isTransaction({ command }: Write): boolean {
  return command === 'TransactWriteItemsCommand';
}

/** The first item's condition failed, or, for a single item, its own. */
export function conditionFailed(write: Write): Error {
  return isTransaction(write)
    ? cancelled(write, 'ConditionalCheckFailed')
    : new ConditionalCheckFailedException({ ...RESPONSE, message: 'The conditional request failed' });
}

/** Another transaction is under way on the first item. */
export function conflict(write: Write): Error {
  return cancelled(write, 'TransactionConflict');
}

export function conflictException(): Error {
  return new TransactionConflictException({ ...RESPONSE, message: 'Transaction is ongoing for the item' });
}

/** The whole request is too much; a transaction tells it of its items, and the SDK does not try again. */
export function throttled(write: Write): Error {
  return isTransaction(write)
    ? cancelled(write, 'ThrottlingError')
    : new ThrottlingException({ ...RESPONSE, message: 'Rate exceeded' });
}

function cancelled({ input }: Write, code: string): Error {
  const items = (input as { TransactItems: unknown[] }).TransactItems;

  return new TransactionCanceledException({
    ...RESPONSE,
    message: `Transaction cancelled [${code}]`,
    CancellationReasons: items.map((_, index) => ({ Code: index === 0 ? code : 'None' })),
  });
}
