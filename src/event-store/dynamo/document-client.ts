import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { ThrottledError } from '../errors/throttled.error';

const THROTTLED = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

/**
 * A client for plain objects. What DynamoDB still refuses for its load after the SDK's own retries is a
 * `ThrottledError`, whatever the request was.
 */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  // This middleware copies all that is sent and received for a logger, though none is set: a fifth of a read's CPU time.
  documents.middlewareStack.remove('loggerMiddleware');
  documents.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw error instanceof Error && THROTTLED.has(error.name)
          ? new ThrottledError('DynamoDB takes no more requests just now. Try again later.', { cause: error })
          : error;
      }
    },
    { step: 'initialize', name: 'throttling', override: true },
  );
  return documents;
}
