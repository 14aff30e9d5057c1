import type { KinesisStreamRecord } from 'aws-lambda';

import { type EventMessage, readMessage } from './event-message';
import type { StreamEntry } from './first-failure';

/** An event as it comes from the stream of all events. */
export interface StreamedEvent extends StreamEntry, EventMessage {}

export function streamedEvent({ kinesis: { data, partitionKey, sequenceNumber } }: KinesisStreamRecord): StreamedEvent {
  const origin = `${partitionKey}:${sequenceNumber}`;

  return { sequenceNumber, ...readMessage(Buffer.from(data, 'base64').toString(), origin) };
}
