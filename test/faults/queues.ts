import { PurgeQueueCommand } from '@aws-sdk/client-sqs';

import type { TestCloud } from '../support/test-cloud';

/** Names of the aggregate types: each has a queue and a dead-letter queue. */
export const QUEUES = ['BankAccount', 'BankBranch'];

/** Empties the queues. */
export async function clearQueues(cloud: TestCloud): Promise<void> {
  for (const name of QUEUES.flatMap((queue) => [`${queue}Queue`, `${queue}DeadLetterQueue`])) {
    await cloud.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.attributes(name).Ref! }));
  }
}
