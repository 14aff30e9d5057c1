import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { OutcomeUnknownError } from '../errors/outcome-unknown.error';
import { ThrottledError } from '../errors/throttled.error';
import { refusalsOf } from './refusals';

const THROTTLED = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);
const WRITE = /^(Put|Update|Delete|TransactWrite|BatchWrite)/;

/**
 * A client for plain objects. What DynamoDB still refuses for its load after the SDK's own retries is a `ThrottledError`, whatever the
 * request was. A write that fails and may have taken effect, in any of the SDK's attempts, is an `OutcomeUnknownError`.
 */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const { middlewareStack } = documents;
  /** Calls of which an attempt had no answer: each has a context of its own, the same for both. */
  const unanswered = new WeakSet<object>();

  // This middleware copies all that is sent and received for a logger, though none is set: a fifth of a read's CPU time.
  middlewareStack.remove('loggerMiddleware');
  middlewareStack.add(
    (next, context) => (args) =>
      next(args).catch((error: unknown) => {
        throw meaningOf(error, isWrite(context) && unanswered.has(context));
      }),
    { step: 'initialize', name: 'meaningOfErrors', override: true },
  );
  // Inside of the SDK's retries, which hide the attempts before the last one.
  middlewareStack.add(
    (next, context) => (args) =>
      next(args).catch((error: unknown) => {
        if (!isAnswer(error)) {
          unanswered.add(context);
        }
        throw error;
      }),
    { step: 'finalizeRequest', name: 'unansweredAttempts', override: true },
  );
  return documents;
}

function meaningOf(error: unknown, mayHaveWritten: boolean): unknown {
  if (mayHaveWritten && !isSettled(error)) {
    return new OutcomeUnknownError('The write may have taken effect: an attempt of it had no answer.', {
      cause: error,
    });
  }
  return isThrottling(error)
    ? new ThrottledError('DynamoDB takes no more requests just now. Try again later.', { cause: error })
    : error;
}

function isWrite({ commandName }: { readonly commandName?: string }): boolean {
  return WRITE.test(commandName ?? '');
}

/** Whether DynamoDB said no. Anything else is its own failure, or no answer. */
function isAnswer(error: unknown): boolean {
  return (error as { $fault?: unknown }).$fault === 'client' || isThrottling(error);
}

/** Whether an attempt tells what is there: the item in the way is the write's own, or the write had no effect. */
function isSettled(error: unknown): boolean {
  return refusalsOf(error)?.some(({ code }) => code === 'ConditionalCheckFailed') ?? false;
}

function isThrottling(error: unknown): boolean {
  return error instanceof Error && THROTTLED.has(error.name);
}
