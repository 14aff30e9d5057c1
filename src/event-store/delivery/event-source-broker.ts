import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

import { parseEvent } from '../events/parse-event';
import type { EventQueue, Message } from './event-queue';
import { type BatchResponse, firstFailure, type StreamEntry } from './first-failure';
import { queueNameOf } from './queue-name';

type Entry = StreamEntry & Message;

/** Fans the stream of all events out to a queue for each aggregate type. */
export class EventSourceBroker {
  /** @param queue finds a queue by its name, `IamUserQueue`; throws when there is none */
  constructor(private readonly queue: (name: string) => EventQueue) {}

  /** Events that did not get to their queue are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(toEntry);
    const byQueue = Map.groupBy(entries, ({ event }) => queueNameOf(event.$name));
    const sendings = [...byQueue].map(([name, messages]) => ({ queue: this.queue(name), messages }));
    // All have ended before an error is thrown: Lambda freezes what goes on after the answer.
    const results = await Promise.allSettled(sendings.map(({ queue, messages }) => queue.send(messages)));
    const failed = new Set<Entry>();

    for (const result of results) {
      if (result.status === 'rejected') {
        throw result.reason;
      }
      result.value.forEach((entry) => failed.add(entry));
    }
    return firstFailure(entries, failed);
  }
}

function toEntry({ kinesis }: KinesisStreamRecord): Entry {
  const body = Buffer.from(kinesis.data, 'base64').toString();

  return { sequenceNumber: kinesis.sequenceNumber, event: parseEvent(body), body };
}
