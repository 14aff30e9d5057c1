import { SQSClient } from '@aws-sdk/client-sqs';
import type { KinesisStreamEvent } from 'aws-lambda';

import { EventQueue } from '../event-store/delivery/event-queue';
import { EventSourceBroker } from '../event-store/delivery/event-source-broker';
import { environment } from '../shared-kernel/configuration/environment';
import { logger } from '../app/logging/logger';

const client = new SQSClient({});
const broker = new EventSourceBroker((name) => new EventQueue(client, environment(name), logger));

/** Kinesis to a queue for each aggregate type. */
export const handler = (event: KinesisStreamEvent) => broker.deliver(event);
