import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { RetryStrategyV2 } from '@smithy/types';

import type { DeniedQueue } from './denied-queue';
import type { FaultPlan } from './fault-plan';
import { refuseMessages, refuseRecords } from './partial-batches';
import type { RefusedContent } from './refused-content';
import type { Rival } from './rival';
import { putFaultsInto } from './request-faults';

const RETRIES = 2;

/** The SDK's three attempts, without its delays. */
const retryAtOnce: RetryStrategyV2 = {
  acquireInitialRetryToken: () => Promise.resolve(token(0)),
  // The SDK throws what the service answered, not this.
  refreshRetryTokenForRetry: (before, { errorType }) =>
    errorType === 'CLIENT_ERROR' || before.getRetryCount() === RETRIES
      ? Promise.reject(new Error('No further attempt.'))
      : Promise.resolve(token(before.getRetryCount() + 1)),
  recordSuccess: () => undefined,
};

/** The clients of the functions under test. */
export interface FunctionClients {
  readonly dynamodb: DynamoDBClient;
  readonly kinesis: KinesisClient;
  readonly sqs: SQSClient;
}

/** What a run's clients meet. */
export interface ClientFaults {
  readonly faults: FaultPlan;
  readonly content: RefusedContent;
  readonly denied: DeniedQueue;
  readonly rival: Rival;
}

/** Clients that meet a plan's faults; the environment tells region, endpoints and credentials. */
export function faultyClients({ faults, content, denied, rival }: ClientFaults): FunctionClients {
  const clients = {
    dynamodb: new DynamoDBClient({ retryStrategy: retryAtOnce }),
    kinesis: new KinesisClient({ retryStrategy: retryAtOnce }),
    sqs: new SQSClient({ retryStrategy: retryAtOnce }),
  };

  putFaultsInto(clients.dynamodb, faults);
  putFaultsInto(clients.kinesis, faults);
  putFaultsInto(clients.sqs, faults);
  refuseRecords(clients.kinesis, faults);
  refuseMessages(clients.sqs, faults);
  content.refuseRecords(clients.kinesis);
  content.refuseMessages(clients.sqs);
  denied.refuseMessages(clients.sqs);
  rival.interfere(clients.dynamodb);
  return clients;
}

function token(retries: number) {
  return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}
