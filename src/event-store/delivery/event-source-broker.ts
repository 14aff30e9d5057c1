import type { KinesisStreamEvent, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { withTimeLimit } from '../../shared-kernel/time/time-limit';
import { aggregateTypeOf } from '../events/event-name';
import { type EventMessage, readMessage, referenceBody } from './event-message';
import type { EventQueue } from './event-queue';
import { type BatchResponse, firstFailure } from './first-failure';
import { refusalOf, type Refused } from './refusal';
import { type SettingAside, unlessAside } from './send-in-order';
import { streamedEvent } from './streamed-event';
import type { UndeliveredQueue } from './undelivered-queue';

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

  /**
   * Events that are neither in their queue nor set aside by the deadline are named, for Lambda to deliver them again.
   *
   * @param deadline in milliseconds since 1970
   */
  async deliver({ Records }: KinesisStreamEvent, deadline = Infinity): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    const setAside = (refused: readonly Refused<EventMessage>[]) => this.setAside(refused);
    const unsent = await withTimeLimit(deadline, (time) => this.send(entries, { setAside, time }));

    return firstFailure(entries, unsent);
  }

  /** Tries again what the setup kept from its queue. What is still refused, or not sent by the deadline, stays for the next try. */
  async retry({ Records }: SQSEvent, deadline = Infinity): Promise<SQSBatchResponse> {
    const entries = Records.map(retried);
    const setAside = (refused: readonly Refused<EventMessage>[]) => this.quarantine(refused);
    const unsent = await withTimeLimit(deadline, (time) => this.send(entries, { setAside, time }));
    const failed = entries.filter((entry) => unsent.has(entry));

    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }

  private async send(
    entries: readonly EventMessage[],
    aside: SettingAside<EventMessage>,
  ): Promise<ReadonlySet<EventMessage>> {
    const unreadable = entries.flatMap((entry) => (entry.problem ? [{ entry, refusal: entry.problem }] : []));
    const byType = Map.groupBy(
      entries.filter(({ problem }) => !problem),
      ({ reference }) => aggregateTypeOf(reference.$name),
    );
    const unsent = await Promise.all([
      unlessAside(unreadable, aside),
      ...[...byType].map(([type, messages]) => this.sendTo(type, messages, aside)),
    ]);

    return new Set(unsent.flatMap((entries) => [...entries]));
  }

  private async sendTo(
    aggregateType: string,
    messages: readonly EventMessage[],
    aside: SettingAside<EventMessage>,
  ): Promise<Iterable<EventMessage>> {
    try {
      return await this.queueOf(aggregateType).send(messages, aside);
    } catch (error) {
      const refusal = refusalOf(error);

      return unlessAside(
        messages.map((entry) => ({ entry, refusal })),
        aside,
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
