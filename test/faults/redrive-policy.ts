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
