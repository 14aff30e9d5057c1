import { SQSClient } from '@aws-sdk/client-sqs';
import type { KinesisStreamEvent } from 'aws-lambda';

import { logger } from '../app/logging/logger';
import { queueNameOf } from '../app/naming/queue-name';
import { EventQueue } from '../event-store/delivery/event-queue';
import { EventSourceBroker } from '../event-store/delivery/event-source-broker';
import { environment } from '../shared-kernel/configuration/environment';

const client = new SQSClient({});
const broker = new EventSourceBroker(
  (aggregateType) => new EventQueue(client, environment(queueNameOf(aggregateType)), logger),
);

/** Kinesis to a queue for each aggregate type. */
export const handler = (event: KinesisStreamEvent) => broker.deliver(event);
