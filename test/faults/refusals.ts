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

/** Whether it rests on an item that it does not write. */
export function consults(write: Write): boolean {
  return isTransaction(write) && checkIn(write) !== -1;
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

/** Another transaction is under way on the first item that is only checked. */
export function conflictWithConsulted(write: Write): Error {
  return cancelled(write, 'TransactionConflict', checkIn(write));
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

function checkIn(write: Write): number {
  return itemsOf(write).findIndex(({ ConditionCheck }) => ConditionCheck);
}

function itemsOf({ input }: Write): readonly { readonly ConditionCheck?: object }[] {
  return (input as { TransactItems: [] }).TransactItems;
}

/** @param refused index of the item that it is about */
function cancelled(write: Write, code: string, refused = 0): Error {
  return new TransactionCanceledException({
    ...RESPONSE,
    message: `Transaction cancelled [${code}]`,
    CancellationReasons: itemsOf(write).map((_, index) => ({ Code: index === refused ? code : 'None' })),
  });
}
