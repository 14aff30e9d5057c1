import type { KinesisStreamEvent, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { aggregateTypeOf } from '../events/event-name';
import { type EventMessage, readMessage, referenceBody } from './event-message';
import type { EventQueue } from './event-queue';
import { type BatchResponse, firstFailure } from './first-failure';
import { refusalOf, type Refused } from './refusal';
import { type Sending, unlessAside } from './send-in-order';
import { streamedEvent } from './streamed-event';
import type { UndeliveredQueue } from './undelivered-queue';

type SetAside = Sending<EventMessage>['setAside'];

/** Where events go that their queue refuses. */
export interface Aside {
  /** For what no queue will ever take. */
  readonly quarantine: UndeliveredQueue;
  /** For what is refused until somebody mends the setup: it comes back to `retry`. */
  readonly retries: UndeliveredQueue;
}

/** Fans the stream of all events out to a queue for each aggregate type. What one queue refuses holds up no other. */
export class EventSourceBroker {
  /** @param queueOf finds the queue of an aggregate type, `org/bank/account`; throws when there is none */
  constructor(
    private readonly queueOf: (aggregateType: string) => EventQueue,
    private readonly aside: Aside,
  ) {}

  /** Events that are neither in their queue nor set aside are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);

    return firstFailure(entries, await this.send(entries, (refused) => this.setAside(refused)));
  }

  /** Tries again what the setup kept from its queue. What is still refused stays for the next try. */
  async retry({ Records }: SQSEvent): Promise<SQSBatchResponse> {
    const entries = Records.map(retried);
    const unsent = await this.send(entries, (refused) => this.quarantine(refused));

    const failed = entries.filter((entry) => unsent.has(entry));

    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }

  private async send(entries: readonly EventMessage[], setAside: SetAside): Promise<ReadonlySet<EventMessage>> {
    const unreadable = entries.flatMap((entry) => (entry.problem ? [{ entry, refusal: entry.problem }] : []));
    const byType = Map.groupBy(
      entries.filter(({ problem }) => !problem),
      ({ reference }) => aggregateTypeOf(reference.$name),
    );
    const unsent = await Promise.all([
      unlessAside(unreadable, setAside),
      ...[...byType].map(([type, messages]) => this.sendTo(type, messages, setAside)),
    ]);

    return new Set(unsent.flatMap((entries) => [...entries]));
  }

  private async sendTo(
    aggregateType: string,
    messages: readonly EventMessage[],
    setAside: SetAside,
  ): Promise<Iterable<EventMessage>> {
    try {
      return await this.queueOf(aggregateType).send(messages, { setAside });
    } catch (error) {
      const refusal = refusalOf(error);

      return unlessAside(
        messages.map((entry) => ({ entry, refusal })),
        setAside,
      );
    }
  }

  private async setAside(refused: readonly Refused<EventMessage>[]): Promise<ReadonlySet<EventMessage>> {
    const setup = refused.filter(({ refusal }) => refusal.kind === 'setup');
    const aside = await Promise.all([this.quarantine(refused), this.aside.retries.put(setup)]);

    return new Set(aside.flatMap((entries) => [...entries]));
  }

  private quarantine(refused: readonly Refused<EventMessage>[]): Promise<ReadonlySet<EventMessage>> {
    return this.aside.quarantine.put(refused.filter(({ refusal }) => refusal.kind === 'content'));
  }
}

function retried({ messageId, body }: SQSRecord): EventMessage & { readonly messageId: string } {
  const message = readMessage(body, messageId);

  return { ...message, messageId, body: referenceBody(message.reference) };
}
