import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';

import { CALL_LIMITS, KINESIS_CALL_LIMITS } from '../app/aws/call-limits';
import { deadlineOf } from '../app/aws/deadline';
import { logger } from '../app/logging/logger';
import { DynamoKinesisAdaptor } from '../event-store/delivery/dynamo-kinesis-adaptor';
import { UndeliveredQueue } from '../event-store/delivery/undelivered-queue';
import { environment } from '../shared-kernel/configuration/environment';

const quarantine = new UndeliveredQueue(
  new SQSClient(CALL_LIMITS),
  environment('quarantineQueue'),
  'DynamoKinesisAdaptor',
  logger,
);
const adaptor = new DynamoKinesisAdaptor(
  new KinesisClient(KINESIS_CALL_LIMITS),
  environment('eventStream'),
  quarantine,
  logger,
);

/** Event log's stream to Kinesis. */
export const handler = (event: DynamoDBStreamEvent, context: Context) => adaptor.deliver(event, deadlineOf(context));
