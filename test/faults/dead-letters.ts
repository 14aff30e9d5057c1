import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { EventReference } from '../../src/event-store/events/event-reference';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import { takeAll } from './queues';

/** A queue's dead-letter queue, and how an operator empties it. */
export class DeadLetters {
  /** What was sent back, in the order in which it came here. */
  readonly redriven: EventReference[] = [];

  constructor(
    private readonly sqs: SQSClient,
    private readonly urls: { readonly queue: string; readonly deadLetters: string },
  ) {}

  /**
   * Sends all messages back to the queue where they came from, the last one first: no order is too bad. Answers whether
   * there was any.
   */
  async redrive(): Promise<boolean> {
    const bodies = await takeAll(this.sqs, this.urls.deadLetters);

    for (const body of bodies.toReversed()) {
      await this.sqs.send(
        new SendMessageCommand({
          QueueUrl: this.urls.queue,
          MessageBody: body,
          MessageGroupId: decodeMessage(body).reference.id,
          MessageDeduplicationId: `redrive-${runs++}`,
        }),
      );
    }
    this.redriven.push(...bodies.map((body) => decodeMessage(body).reference));
    return bodies.length > 0;
  }
}

let runs = 0;
