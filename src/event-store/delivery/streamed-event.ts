import type { KinesisStreamRecord } from 'aws-lambda';

import type { Event } from '../events/event';
import { decodeJson } from '../events/event-decoder';
import type { StreamEntry } from './first-failure';

/** An event as it comes from the stream of all events. */
export interface StreamedEvent extends StreamEntry {
  readonly event: Event;
  /** The event as JSON. */
  readonly body: string;
}

/** @throws SyntaxError, TypeError for a record that is no event */
export function streamedEvent({ kinesis }: KinesisStreamRecord): StreamedEvent {
  const body = Buffer.from(kinesis.data, 'base64').toString();

  return { sequenceNumber: kinesis.sequenceNumber, event: decodeJson(body), body };
}
