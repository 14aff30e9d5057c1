import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import type { TestCloud } from '../support/test-cloud';

/** Lets a queue try a message for ever; answers how to give the queue its dead-letter queue back. */
export async function withoutRedrivePolicy(cloud: TestCloud): Promise<() => Promise<void>> {
  const { sqs } = cloud.clients;
  const QueueUrl = cloud.attributes('BankAccountQueue').Ref!;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
  );
  const set = async (policy: string) => {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: policy } }));
  };

  await set('');
  return () => set(Attributes.RedrivePolicy!);
}

/**
 * Lets SQS move what waits for a retry into quarantine within a run's time.
 *
 * @param maxReceiveCount in place of the template's twelve hours
 */
export async function withPatience(cloud: TestCloud, maxReceiveCount: number): Promise<void> {
  const policy = { deadLetterTargetArn: cloud.attributes('QuarantineQueue').Arn!, maxReceiveCount };

  await cloud.clients.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: cloud.attributes('RetryQueue').Ref!,
      Attributes: { RedrivePolicy: JSON.stringify(policy) },
    }),
  );
}
