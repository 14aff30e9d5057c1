import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';

import { reportedFailures } from '../../local/mappings/batch-response.ts';
import { queueEventRecord } from '../../local/mappings/queue-event-record.ts';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import { EventKeys } from './event-keys';
import type { FaultPlan } from './fault-plan';
import type { EventKey } from './stream-faults';

export interface Queue {
  readonly url: string;
  readonly arn: string;
}

export interface QueuePumpOptions {
  /** Without faults. */
  readonly sqs: SQSClient;
  readonly queue: Queue;
  /** Invokes its function; throws when that gives no answer. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  readonly faults: FaultPlan;
}

/** An event source mapping of a queue, that takes a step when it is told to. A visibility time-out lasts for one step. */
export class QueuePump {
  /** Messages with an event that had been handled, and deleted, before. */
  repeated = 0;
  private hidden: readonly Message[] = [];
  private readonly acknowledged = new EventKeys();

  constructor(private readonly options: QueuePumpOptions) {}

  /** Receives one batch and delivers it; what failed, or is not remembered to have succeeded, becomes visible again. */
  async step(): Promise<void> {
    const messages = await this.receive();

    await this.release();
    if (messages.length === 0) {
      return;
    }
    const failed = await this.failed(messages);
    const isForgotten = failed.size === 0 && this.options.faults.strike('twice') !== undefined;
    const isDone = ({ MessageId }: Message) => !isForgotten && !failed.has(MessageId!);

    await this.delete(messages.filter(isDone));
    this.hidden = messages.filter((message) => !isDone(message));
  }

  /** Whether nothing is in the queue, visible or not. */
  async isEmpty(): Promise<boolean> {
    const { sqs, queue } = this.options;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queue.url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );

    return Object.values(Attributes).every((count) => count === '0');
  }

  private async receive(): Promise<Message[]> {
    const { sqs, queue } = this.options;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue.url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );

    this.repeated += Messages.filter((message) => this.acknowledged.has(eventOf(message))).length;
    return Messages;
  }

  /** Ids of the messages that failed. */
  private async failed(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const { invoke, queue } = this.options;
    const ids = new Set(messages.map(({ MessageId }) => MessageId!));
    const event = { Records: messages.map((message) => queueEventRecord(message, queue.arn)) };

    try {
      return reportedFailures(await invoke(event), ids);
    } catch {
      return ids;
    }
  }

  private async delete(messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) {
      await this.options.sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: this.options.queue.url, Entries: messages.map(toEntry) }),
      );
      messages.forEach((message) => {
        this.acknowledged.add(eventOf(message));
      });
    }
  }

  private async release(): Promise<void> {
    if (this.hidden.length > 0) {
      const Entries = this.hidden.map((message, index) => ({ ...toEntry(message, index), VisibilityTimeout: 0 }));

      this.hidden = [];
      await this.options.sqs.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.options.queue.url, Entries }),
      );
    }
  }
}

function eventOf({ Body }: Message): EventKey {
  const { id, $version } = decodeMessage(Body!).reference;

  return { aggregateId: id, version: $version };
}

function toEntry({ ReceiptHandle }: Message, index: number) {
  return { Id: String(index), ReceiptHandle };
}
