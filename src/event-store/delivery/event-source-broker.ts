import type { KinesisStreamEvent } from 'aws-lambda';

import type { EventQueue } from './event-queue';
import { type BatchResponse, firstFailure } from './first-failure';
import { queueNameOf } from '../../app/naming/queue-name';
import { type StreamedEvent, streamedEvent } from './streamed-event';

/** Fans the stream of all events out to a queue for each aggregate type. */
export class EventSourceBroker {
  /** @param queue finds a queue by its name, `IamUserQueue`; throws when there is none */
  constructor(private readonly queue: (name: string) => EventQueue) {}

  /** Events that did not get to their queue are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    const byQueue = Map.groupBy(entries, ({ event }) => queueNameOf(event.$name));
    const sendings = [...byQueue].map(([name, messages]) => ({ queue: this.queue(name), messages }));
    // All have ended before an error is thrown: Lambda freezes what goes on after the answer.
    const results = await Promise.allSettled(sendings.map(({ queue, messages }) => queue.send(messages)));
    const failed = new Set<StreamedEvent>();

    for (const result of results) {
      if (result.status === 'rejected') {
        throw result.reason;
      }
      result.value.forEach((entry) => failed.add(entry));
    }
    return firstFailure(entries, failed);
  }
}
