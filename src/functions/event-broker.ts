import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { CALL_LIMITS } from '../app/aws/call-limits';
import { deadlineOf } from '../app/aws/deadline';
import { logger } from '../app/logging/logger';
import { queueNameOf } from '../app/naming/queue-name';
import { EventQueue } from '../event-store/delivery/event-queue';
import { EventSourceBroker } from '../event-store/delivery/event-source-broker';
import { UndeliveredQueue } from '../event-store/delivery/undelivered-queue';
import { environment } from '../shared-kernel/configuration/environment';

const client = new SQSClient(CALL_LIMITS);
const aside = (variable: string) => new UndeliveredQueue(client, environment(variable), 'EventBroker', logger);
const broker = new EventSourceBroker(
  (aggregateType) => new EventQueue(client, environment(queueNameOf(aggregateType)), logger),
  { quarantine: aside('quarantineQueue'), retries: aside('retryQueue') },
);

/** Kinesis to a queue for each aggregate type; from the queue of retries, once more to theirs, what the setup kept from it. */
export const handler = (event: KinesisStreamEvent | SQSEvent, context: Context) =>
  isOfQueue(event) ? broker.retry(event, deadlineOf(context)) : broker.deliver(event, deadlineOf(context));

function isOfQueue(event: KinesisStreamEvent | SQSEvent): event is SQSEvent {
  return event.Records[0]?.eventSource === 'aws:sqs';
}
