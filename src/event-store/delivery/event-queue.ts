import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { Logger } from '../../shared-kernel/logging/logger';
import type { Event, Uuid } from '../events/event';
import { eventLine } from './event-line';
import { sendInOrder } from './send-in-order';

// Limits of SendMessageBatch; of bytes, what all regions have long allowed.
const MAXIMUM_ENTRIES = 10;
const MAXIMUM_BYTES = 256 * 1024;

/** An event on its way to a queue. */
export interface EventMessage {
  readonly event: Event;
  /** The event as JSON. */
  readonly body: string;
}

/** One aggregate type's FIFO queue: a group for each aggregate. */
export class EventQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /**
   * Sends each aggregate's events in their order; answers which did not get to the queue.
   *
   * @param run a replay's own id: without it, SQS swallows what it has had within the last five minutes
   */
  async send<TMessage extends EventMessage>(messages: readonly TMessage[], run?: Uuid): Promise<ReadonlySet<TMessage>> {
    return sendInOrder(messages, {
      groupOf: ({ event }) => event.id,
      send: (batch) => this.sendBatch(batch, run),
      maximumEntries: MAXIMUM_ENTRIES,
      maximumBytes: MAXIMUM_BYTES,
      bytesOf: ({ body }) => Buffer.byteLength(body),
    });
  }

  private async sendBatch<TMessage extends EventMessage>(batch: readonly TMessage[], run?: Uuid): Promise<TMessage[]> {
    const { Failed: failed = [] } = await this.client.send(
      new SendMessageBatchCommand({
        QueueUrl: this.url,
        Entries: batch.map(({ event, body }, index) => ({
          Id: String(index),
          MessageBody: body,
          MessageGroupId: event.id,
          MessageDeduplicationId: [event.id, event.$version, ...(run ? [run] : [])].join(':'),
        })),
      }),
    );
    return failed.flatMap(({ Id, Code, Message: reason }) => {
      const message = batch[Number(Id)];

      this.logger.warn('The queue refused an event.', { code: Code, reason, ...(message && eventLine(message.event)) });
      return message ?? [];
    });
  }
}
