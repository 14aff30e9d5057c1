import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { Logger } from '../../shared-kernel/logging/logger';
import { type EventReference, referenceTo } from '../events/event-reference';
import { eventLine } from './event-line';
import { inAscii } from './event-message';
import { type Refusal, refusalLine, type Refused } from './refusal';
import { hashOf } from './sqs-id';

const MAXIMUM_ENTRIES = 10;
/** Of a reason. It comes from elsewhere: a message of this queue must not be refused for its own content. */
const MAXIMUM_CHARACTERS = 500;
const NOT_TAKEN = 'Events could not be set aside: they are tried again.';

/** Why an event is in the queue. */
export interface UndeliveredReason {
  /** Who could not deliver it: `EventBroker`. */
  readonly sender: string;
  readonly code: string;
  readonly message: string;
}

/** The reason that a message of such a queue tells; `undefined` for a message of another queue. */
export function reasonIn(body: string): UndeliveredReason | undefined {
  return (JSON.parse(body) as { readonly reason?: UndeliveredReason } | null)?.reason;
}

/**
 * A FIFO queue for what could not be delivered: to be tried again, or in quarantine. Its messages are references: the log has the
 * events. The group is a hash of the aggregate, since an id may be what no queue takes.
 */
export class UndeliveredQueue {
  /** @param sender who could not deliver: `EventBroker` */
  constructor(
    private readonly client: SQSClient,
    private readonly url: string,
    private readonly sender: string,
    private readonly logger: Logger,
  ) {}

  /** Answers those that the queue took. Why it did not take others is logged: that is a matter of the queue's own. */
  async put<TEntry extends { readonly reference: EventReference }>(
    refused: readonly Refused<TEntry>[],
  ): Promise<ReadonlySet<TEntry>> {
    const taken = new Set<TEntry>();

    for (let start = 0; start < refused.length; start += MAXIMUM_ENTRIES) {
      for (const entry of await this.putBatch(refused.slice(start, start + MAXIMUM_ENTRIES))) {
        taken.add(entry);
      }
    }
    return taken;
  }

  private async putBatch<TEntry extends { readonly reference: EventReference }>(
    batch: readonly Refused<TEntry>[],
  ): Promise<TEntry[]> {
    try {
      const { Failed: failed = [] } = await this.client.send(
        new SendMessageBatchCommand({
          QueueUrl: this.url,
          Entries: batch.map(({ entry: { reference }, refusal }, index) => ({
            Id: String(index),
            MessageBody: this.bodyOf(reference, refusal),
            MessageGroupId: hashOf(reference.id),
            MessageDeduplicationId: hashOf(`${reference.$version}:${reference.id}`),
          })),
        }),
      );
      const failedIds = new Set(failed.map(({ Id }) => Id));
      const taken = batch.filter((_, index) => !failedIds.has(String(index)));

      failed.forEach(({ Code: code, Message: reason }) => {
        this.logger.error(NOT_TAKEN, { code, reason, count: 1 });
      });
      taken.forEach(({ entry, refusal }) => {
        this.logger.error('An event was set aside.', { ...refusalLine(refusal), ...eventLine(entry.reference) });
      });
      return taken.map(({ entry }) => entry);
    } catch (error) {
      this.logger.error(NOT_TAKEN, { error, count: batch.length });
      return [];
    }
  }

  private bodyOf(reference: EventReference, { code, message }: Refusal): string {
    const reason: UndeliveredReason = { sender: this.sender, code, message: message.slice(0, MAXIMUM_CHARACTERS) };

    return inAscii(JSON.stringify({ reason, ref: referenceTo(reference) }));
  }
}
