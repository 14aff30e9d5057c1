import { DeleteMessageCommand, PurgeQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { TestCloud } from '../support/test-cloud';

/** Names of the aggregate types: each has a queue and a dead-letter queue. */
export const QUEUES = ['BankAccount', 'BankBranch'];

/** The aggregate type whose events a queue holds; `undefined` for dead letters and for what is set aside. */
export function aggregateOf(queueUrl: string): string | undefined {
  return QUEUES.find((name) => queueUrl.includes(`${name}Queue`));
}

/** Takes all that is in a queue, in its order; answers the messages' bodies. */
export async function takeAll(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];

  for (;;) {
    const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

    if (!message) {
      return bodies;
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    bodies.push(message.Body!);
  }
}

/** Empties the queues. */
export async function clearQueues(cloud: TestCloud): Promise<void> {
  const ofAggregates = QUEUES.flatMap((queue) => [`${queue}Queue`, `${queue}DeadLetterQueue`]);

  for (const name of [...ofAggregates, 'RetryQueue', 'QuarantineQueue']) {
    await cloud.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.attributes(name).Ref! }));
  }
}
