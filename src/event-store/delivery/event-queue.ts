import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { Logger } from '../../shared-kernel/logging/logger';
import { TimeLimit } from '../../shared-kernel/time/time-limit';
import type { Uuid } from '../events/event';
import { eventLine } from './event-line';
import { type EventMessage, inAscii, referenceBody } from './event-message';
import { refusalLine, refusalOfEntry, type Refused } from './refusal';
import { sendInOrder, type Sending } from './send-in-order';
import { sqsId } from './sqs-id';

// Limits of SendMessageBatch; of bytes, what all regions have long allowed.
const MAXIMUM_ENTRIES = 10;
const MAXIMUM_BYTES = 256 * 1024;

/** How a queue's messages are sent. */
export interface QueueSending<TMessage> {
  /** Takes what the queue refuses; without it, that and what is behind it in its group is unsent. */
  readonly setAside?: Sending<TMessage>['setAside'];
  /** A replay's own id: without it, SQS swallows what it has had within the last five minutes. */
  readonly run?: Uuid;
  /** What is not sent by then is unsent. */
  readonly time?: TimeLimit;
}

/** One aggregate type's FIFO queue: a group for each aggregate. */
export class EventQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /**
   * Sends each aggregate's events in their order, in ASCII; in the place of one that is too large, where the log has it. Answers which
   * are neither in the queue nor set aside.
   */
  async send<TMessage extends EventMessage>(
    messages: readonly TMessage[],
    { setAside = () => Promise.resolve(new Set()), run, time = TimeLimit.NONE }: QueueSending<TMessage> = {},
  ): Promise<ReadonlySet<TMessage>> {
    const bodies = new Map(messages.map((message) => [message, queueBody(message)]));
    const bodyOf = (message: TMessage) => bodies.get(message) ?? '';

    const unsent = await sendInOrder(messages, {
      groupOf: ({ reference }) => reference.id,
      send: (batch) => this.sendBatch(batch, bodyOf, run),
      setAside: (refused) => {
        this.tell(refused);
        return setAside(refused);
      },
      time,
      maximumEntries: MAXIMUM_ENTRIES,
      maximumBytes: MAXIMUM_BYTES,
      bytesOf: (message) => bodyOf(message).length,
    });

    if (time.isOver && unsent.size > 0) {
      this.logger.error('A batch took too long: what is not in its queue comes again.', { count: unsent.size });
    }
    return unsent;
  }

  private async sendBatch<TMessage extends EventMessage>(
    batch: readonly TMessage[],
    bodyOf: (message: TMessage) => string,
    run: Uuid | undefined,
  ): Promise<Refused<TMessage>[]> {
    const { Failed: failed = [] } = await this.client.send(
      new SendMessageBatchCommand({
        QueueUrl: this.url,
        Entries: batch.map((message, index) => ({
          Id: String(index),
          MessageBody: bodyOf(message),
          MessageGroupId: sqsId(message.reference.id),
          MessageDeduplicationId: deduplicationId(message, run),
        })),
      }),
    );

    return failed.flatMap(({ Id, Code, Message, SenderFault }) => {
      const entry = batch[Number(Id)];

      return entry ? [{ entry, refusal: refusalOfEntry(Code, Message, SenderFault) }] : [];
    });
  }

  private tell(refused: readonly Refused<EventMessage>[]): void {
    for (const { entry, refusal } of refused) {
      this.logger.warn('The queue refused an event.', { ...refusalLine(refusal), ...eventLine(entry.reference) });
    }
  }
}

function queueBody({ reference, body }: EventMessage): string {
  const ascii = inAscii(body);

  return ascii.length > MAXIMUM_BYTES ? referenceBody(reference) : ascii;
}

function deduplicationId({ reference: { id, $version } }: EventMessage, run: Uuid | undefined): string {
  return sqsId([id, $version, ...(run ? [run] : [])].join(':'));
}
