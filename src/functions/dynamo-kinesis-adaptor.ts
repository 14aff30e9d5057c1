import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { DynamoDBStreamEvent } from 'aws-lambda';

import { logger } from '../app/logging/logger';
import { DynamoKinesisAdaptor } from '../event-store/delivery/dynamo-kinesis-adaptor';
import { environment } from '../shared-kernel/configuration/environment';

const adaptor = new DynamoKinesisAdaptor(new KinesisClient({}), environment('eventStream'), logger);

/** Event log's stream to Kinesis. */
export const handler = (event: DynamoDBStreamEvent) => adaptor.deliver(event);
