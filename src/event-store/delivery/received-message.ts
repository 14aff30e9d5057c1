import type { SQSRecord } from 'aws-lambda';

import { type DecodedMessage, decodeMessage } from '../events/event-decoder';
import { eventLine } from './event-line';

/** A message as a queue gives it to its consumer. */
export interface ReceivedMessage {
  readonly id: string;
  readonly receiveCount: string;
  /** What the message holds, or why it is nothing that can be read. */
  readonly content: DecodedMessage | Error;
}

export function toReceivedMessage({ messageId, body, attributes }: SQSRecord): ReceivedMessage {
  return { id: messageId, receiveCount: attributes.ApproximateReceiveCount, content: read(body) };
}

/** A message's group is its event's aggregate: not every emulator hands over the group's id. A message without an event is alone. */
export function groupOf({ id, content }: ReceivedMessage): string {
  return content instanceof Error ? id : content.reference.id;
}

/** What a log line says of a message. */
export function lineOf({ id, receiveCount, content }: ReceivedMessage) {
  const event = content instanceof Error ? {} : eventLine(content.event ?? content.reference);

  return { ...event, messageId: id, receiveCount };
}

function read(body: string): DecodedMessage | Error {
  try {
    return decodeMessage(body);
  } catch (error) {
    return error as Error;
  }
}
