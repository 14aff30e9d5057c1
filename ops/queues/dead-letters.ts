import { randomUUID } from 'node:crypto';

import type { Message, SQSClient } from '@aws-sdk/client-sqs';

import type { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { decodeJson } from '../../src/event-store/events/event-decoder';
import type { Progress } from '../support/progress';
import { HeldMessages } from './held-messages';

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly messageId: string;
  /** When it was sent: by the broker, or where SQS counts anew, by the move to this queue; ISO 8601. */
  readonly sent: string;
  readonly body: string;
  /** Absent where the body is no event. */
  readonly event?: Event;
}

/** What became of dead letters. */
interface Redriven {
  /** How many are in their queue again. */
  redriven: number;
  /** How many stay because they are no events. */
  unreadable: number;
  /** How many are still here: the queue refused them, they came back, or they could not be deleted. Another redrive is safe. */
  left: number;
}

interface Letter extends DeadLetter {
  readonly message: Message;
}

/** A queue's dead letters, for an operator to look at and to send back. */
export class DeadLetters {
  /** @param url of the dead-letter queue */
  constructor(
    private readonly sqs: SQSClient,
    private readonly url: string,
  ) {}

  /** Looks at what SQS shows: of each aggregate its first ten at most, in order; the ones behind wait for these. */
  async *look(): AsyncGenerator<DeadLetter> {
    const messages = new HeldMessages(this.sqs, this.url);

    try {
      for (let batch = await messages.take(); batch.length > 0; batch = await messages.take()) {
        yield* batch.map(toLetter);
      }
    } finally {
      await messages.release();
    }
  }

  /**
   * Sends dead letters back to the queue that they came from. Each is deleted here only after it is there: left at any
   * moment, nothing is lost, and what comes twice is applied once.
   *
   * @param aggregateId only this aggregate's
   */
  async redrive(queue: EventQueue, progress: Progress, aggregateId?: Uuid): Promise<Redriven> {
    const messages = new HeldMessages(this.sqs, this.url);
    const result = { redriven: 0, unreadable: 0, left: 0 };
    const run = randomUUID();
    const done = new Set<string>();

    try {
      for (let batch = await messages.take(); batch.length > 0; batch = await messages.take()) {
        const letters = batch.map(toLetter);
        const wanted = letters.filter(hasEvent).filter(({ event }) => (aggregateId ?? event.id) === event.id);
        const fresh = wanted.filter(({ event }) => !done.has(versionOf(event)));
        const refused = await queue.send(fresh, run);
        const sent = fresh.filter((letter) => !refused.has(letter));

        const kept = await messages.delete(sent.map(({ message }) => message));

        sent.forEach(({ event }) => done.add(versionOf(event)));
        result.redriven += sent.length;
        result.left += wanted.length - sent.length + kept;
        result.unreadable += letters.filter((letter) => !hasEvent(letter)).length;
        progress.advance(sent.length);
      }
    } finally {
      await messages.release();
    }
    return result;
  }
}

function hasEvent<T extends DeadLetter>(letter: T): letter is T & { readonly event: Event } {
  return letter.event !== undefined;
}

function versionOf({ id, $version }: Event): string {
  return `${id} ${$version}`;
}

function toLetter(message: Message): Letter {
  const { MessageId = '', Body = '', Attributes = {} } = message;

  return {
    message,
    messageId: MessageId,
    sent: new Date(Number(Attributes.SentTimestamp)).toISOString(),
    body: Body,
    event: readEvent(Body),
  };
}

function readEvent(body: string): Event | undefined {
  try {
    return decodeJson(body);
  } catch {
    return undefined;
  }
}
