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
    const failed = await Promise.all([...byQueue].map(([name, messages]) => this.queue(name).send(messages)));

    return firstFailure(entries, new Set(failed.flatMap((messages) => [...messages])));
  }
}

function toEntry({ kinesis }: KinesisStreamRecord): Entry {
  const body = Buffer.from(kinesis.data, 'base64').toString();

  return { sequenceNumber: kinesis.sequenceNumber, event: parseEvent(body), body };
}
