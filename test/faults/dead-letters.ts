import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { parseEvent } from '../../src/event-store/events/parse-event';

/** A queue's dead-letter queue, and how an operator empties it. */
export class DeadLetters {
  /** How many messages were sent back. */
  redriven = 0;

  constructor(
    private readonly sqs: SQSClient,
    private readonly urls: { readonly queue: string; readonly deadLetters: string },
  ) {}

  /** Sends each message back to the queue where it came from; answers whether there was any. */
  async redrive(): Promise<boolean> {
    const { queue, deadLetters } = this.urls;
    const before = this.redriven;

    for (;;) {
      const { Messages: [message] = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters }));

      if (!message) {
        return this.redriven > before;
      }
      await this.sqs.send(
        new SendMessageCommand({
          QueueUrl: queue,
          MessageBody: message.Body,
          MessageGroupId: parseEvent(message.Body!).id,
          MessageDeduplicationId: `redrive-${this.redriven++}`,
        }),
      );
      await this.sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle: message.ReceiptHandle }));
    }
  }
}
