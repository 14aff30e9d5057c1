import { SQSClient } from '@aws-sdk/client-sqs';
import type { KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { EventQueue } from '../event-store/delivery/event-queue';
import { EventSourceBroker } from '../event-store/delivery/event-source-broker';
import { UndeliveredQueue } from '../event-store/delivery/undelivered-queue';
import { environment } from '../shared-kernel/configuration/environment';
import { queueNameOf } from '../app/naming/queue-name';
import { logger } from '../app/logging/logger';

const client = new SQSClient({});
const aside = (variable: string) => new UndeliveredQueue(client, environment(variable), 'EventBroker', logger);
const broker = new EventSourceBroker(
  (aggregateType) => new EventQueue(client, environment(queueNameOf(aggregateType)), logger),
  { quarantine: aside('quarantineQueue'), retries: aside('retryQueue') },
);

/** Kinesis to a queue for each aggregate type. */
export const handler = (event: KinesisStreamEvent) => broker.deliver(event);

/** Once more to its queue, what only the setup kept from it. */
export const retryHandler = (event: SQSEvent) => broker.retry(event);
