import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue, and how much is in it: about, as SQS says. */
export interface QueueDepth {
  readonly name: string;
  readonly url: string;
  readonly waiting: number;
  readonly inFlight: number;
  /** Where its messages go that failed too often. */
  readonly deadLetters?: QueueDepth;
}

/**
 * How much is in each queue; a dead-letter queue is told with the queue that it belongs to.
 *
 * @param urls by the queues' names
 */
export async function readQueues(sqs: SQSClient, urls: ReadonlyMap<string, string>): Promise<QueueDepth[]> {
  const queues = await Promise.all([...urls].map(([name, url]) => readQueue(sqs, name, url)));
  const byArn = new Map(queues.map((queue) => [queue.arn, queue]));
  const deadLetterQueues = new Set(queues.map(({ deadLetterArn }) => deadLetterArn));

  return queues
    .filter(({ arn }) => !deadLetterQueues.has(arn))
    .map(({ deadLetterArn = '', depth }) => ({ ...depth, deadLetters: byArn.get(deadLetterArn)?.depth }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

async function readQueue(sqs: SQSClient, name: string, url: string) {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  const { deadLetterTargetArn } = JSON.parse(Attributes.RedrivePolicy ?? '{}') as { deadLetterTargetArn?: string };

  return {
    arn: Attributes.QueueArn ?? url,
    deadLetterArn: deadLetterTargetArn,
    depth: {
      name,
      url,
      waiting: Number(Attributes.ApproximateNumberOfMessages),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    } satisfies QueueDepth,
  };
}
