import { randomUUID } from 'node:crypto';

import type { Message, SQSClient } from '@aws-sdk/client-sqs';

import type { EventMessage } from '../../src/event-store/delivery/event-message';
import { toMessage } from '../../src/event-store/delivery/event-message';
import { reasonIn, type UndeliveredReason } from '../../src/event-store/delivery/undelivered-queue';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { EventReference } from '../../src/event-store/events/event-reference';
import { HeldMessages } from './held-messages';
import type { Progress } from '../support/progress';

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly messageId: string;
  /** When it was sent: by the broker, or where SQS counts anew, by the move to this queue; ISO 8601. */
  readonly sent: string;
  readonly body: string;
  /** Which event it is about; absent where the body is neither an event nor the reference to one. */
  readonly reference?: EventReference;
  /** Absent where the body holds no more than the reference. */
  readonly event?: Event;
  /** Why it is there, in quarantine. */
  readonly reason?: UndeliveredReason;
}

/** Where redriven letters go, and where their events are. */
export interface RedriveRoute {
  /** Sends to the queues of the events' own aggregate types; answers what these did not take. */
  send<TMessage extends EventMessage>(messages: readonly TMessage[], run: Uuid): Promise<ReadonlySet<TMessage>>;
  /** The event that the log has there. */
  read(reference: EventReference): Promise<Event>;
}

/** What became of dead letters. */
interface Redriven {
  /** How many are in their queue again. */
  redriven: number;
  /** How many stay because there is no event in them, nor in the log where they say. */
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
   * Sends dead letters back to the queues of their events. Each is deleted here only after it is there: left at any moment,
   * nothing is lost, and what comes twice is applied once.
   *
   * @param aggregateId only this aggregate's
   */
  async redrive(route: RedriveRoute, progress: Progress, aggregateId?: Uuid): Promise<Redriven> {
    const messages = new HeldMessages(this.sqs, this.url);
    const result = { redriven: 0, unreadable: 0, left: 0 };
    const run = randomUUID();
    const done = new Set<string>();

    try {
      for (let batch = await messages.take(); batch.length > 0; batch = await messages.take()) {
        const letters = batch.map(toLetter);
        const wanted = letters.filter(({ reference }) => (aggregateId ?? reference?.id) === reference?.id);
        const sendable = await sendableOf(wanted, route);
        const fresh = sendable.filter(({ reference }) => !done.has(versionOf(reference)));
        const refused = await route.send(fresh, run);
        const sent = fresh.filter((letter) => !refused.has(letter));
        const kept = await messages.delete(sent.map(({ message }) => message));

        sent.forEach(({ reference }) => done.add(versionOf(reference)));
        result.redriven += sent.length;
        result.left += sendable.length - sent.length + kept;
        result.unreadable += wanted.length - sendable.length;
        progress.advance(sent.length);
      }
    } finally {
      await messages.release();
    }
    return result;
  }
}

/** A letter that an event's queue can take again. */
type Sendable = Letter & EventMessage;

async function sendableOf(letters: readonly Letter[], route: RedriveRoute): Promise<Sendable[]> {
  const sendable = await Promise.all(letters.map((letter) => toSendable(letter, route)));

  return sendable.filter((letter) => letter !== undefined);
}

/** What is in quarantine may have been mended in the log since, or become readable by newer code. */
async function toSendable(letter: Letter, route: RedriveRoute): Promise<Sendable | undefined> {
  const { reference, reason, body } = letter;

  if (!reference) {
    return undefined;
  }
  try {
    return { ...letter, ...(reason ? toMessage(await route.read(reference)) : { reference, body }) };
  } catch {
    return undefined;
  }
}

function versionOf({ id, $version }: EventReference): string {
  return `${id} ${$version}`;
}

function toLetter(message: Message): Letter {
  const { MessageId = '', Body = '', Attributes = {} } = message;

  return {
    message,
    messageId: MessageId,
    sent: new Date(Number(Attributes.SentTimestamp)).toISOString(),
    body: Body,
    ...contentOf(Body),
  };
}

function contentOf(body: string): Pick<DeadLetter, 'reference' | 'event' | 'reason'> {
  try {
    return { ...decodeMessage(body), reason: reasonIn(body) };
  } catch {
    return {};
  }
}
