import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';

import type { Event } from '../../src/event-store/events/event';
import type { TestCloud } from './test-cloud';

/** Takes all messages that can be seen out of a queue. */
export async function drain(cloud: TestCloud, queue: string): Promise<Message[]> {
  const QueueUrl = cloud.attributes(queue).Ref;
  const drained: Message[] = [];

  for (;;) {
    const { Messages = [] } = await cloud.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );

    if (Messages.length === 0) {
      return drained;
    }
    drained.push(...Messages);
    await cloud.clients.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}

/** The event that a message holds. */
export function eventOf({ Body }: Message): Event {
  return JSON.parse(Body!) as Event;
}
