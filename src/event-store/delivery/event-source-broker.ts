import type { KinesisStreamEvent } from 'aws-lambda';

import { aggregateTypeOf } from '../events/event-name';
import type { EventQueue } from './event-queue';
import { type BatchResponse, firstFailure } from './first-failure';
import { type StreamedEvent, streamedEvent } from './streamed-event';

/** Fans the stream of all events out to a queue for each aggregate type. */
export class EventSourceBroker {
  /** @param queueOf finds the queue of an aggregate type, `org/bank/account`; throws when there is none */
  constructor(private readonly queueOf: (aggregateType: string) => EventQueue) {}

  /** Events that did not get to their queue are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    const byType = Map.groupBy(entries, ({ event }) => aggregateTypeOf(event.$name));
    const sendings = [...byType].map(([type, messages]) => ({ queue: this.queueOf(type), messages }));
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
