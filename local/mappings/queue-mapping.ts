import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import type { FunctionPool } from '../lambda/function-pool.ts';
import { possibleWrite } from '../lambda/possible-write.ts';
import type { QueueMappingModel } from '../model.ts';
import { batchLength } from './batch.ts';
import { reportedFailures } from './batch-response.ts';
import { FailedMessages } from './failed-messages.ts';
import { queueEventRecord } from './queue-event-record.ts';
import { untilAnswered } from './retry.ts';

/** SQS' limit for one ReceiveMessage, and for one batch of deletions or of changes of visibility. */
const MAXIMUM_MESSAGES = 10;
/** SQS would wait 20 s. A receive is never broken off, since its messages would stay hidden: so a stop waits for it. */
const WAIT_SECONDS = 1;
/** A bundle that was changed more recently may not have been written to its end. */
const SETTLED_MILLISECONDS = 200;

/** Brings a queue's messages to the function: as many batches at a time as it has instances for. */
export class QueueMapping {
  readonly #mapping: QueueMappingModel;
  readonly #pool: FunctionPool;
  readonly #sqs: SQSClient;
  readonly #signal: AbortSignal;
  readonly #failed = new FailedMessages();

  constructor(mapping: QueueMappingModel, pool: FunctionPool, sqs: SQSClient, signal: AbortSignal) {
    this.#mapping = mapping;
    this.#pool = pool;
    this.#sqs = sqs;
    this.#signal = signal;
  }

  /** Resolves when `signal` has aborted and the batches in hand are done. */
  async run(): Promise<void> {
    const concurrency = Math.min(this.#mapping.maximumConcurrency ?? Infinity, this.#pool.maximumInstances);
    const running = new Set<Promise<void>>();
    while (!this.#signal.aborted) {
      await this.#releaseMended();
      const messages = await this.#gather();
      if (messages.length > 0) {
        const handled = this.#handle(messages).finally(() => running.delete(handled));
        running.add(handled);
      }
      // What is received while no instance is free would use up its visibility time-out waiting.
      if (running.size >= concurrency) await Promise.race(running);
    }
    await Promise.all(running);
  }

  /** A full batch, or what has come when the batching window, which begins with the first message, is over. */
  async #gather(): Promise<Message[]> {
    const { batchSize, batchingWindowSeconds } = this.#mapping;
    const messages = await this.#receive(batchSize);
    const end = performance.now() + batchingWindowSeconds * 1000;
    while (messages.length > 0 && messages.length < batchSize && performance.now() < end && !this.#signal.aborted) {
      messages.push(...(await this.#receive(batchSize - messages.length)));
    }
    return messages;
  }

  async #receive(wanted: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#mapping.queueUrl,
      MaxNumberOfMessages: Math.min(wanted, MAXIMUM_MESSAGES),
      WaitTimeSeconds: WAIT_SECONDS,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const received = await untilAnswered(
      `Receiving from ${this.#mapping.queueUrl}`,
      () => this.#sqs.send(command),
      this.#signal,
    );
    const messages = received?.Messages ?? [];
    this.#failed.forget(messages);
    return messages;
  }

  /** What is not deleted becomes visible again when its visibility time-out is over; Lambda does not shorten that. */
  async #handle(messages: readonly Message[]): Promise<void> {
    const { builtAt } = this.#pool;
    const records = messages.map((message) => queueEventRecord(message, this.#mapping.queueArn));
    const length = batchLength(records, messages.length);
    const failed = await this.#invoke(records.slice(0, length));
    const [sent, rest] = [messages.slice(0, length), messages.slice(length)];
    const isFailed = ({ MessageId = '' }: Message): boolean => failed.has(MessageId);
    await this.#delete(sent.filter((message) => !isFailed(message)));
    // The rest is more than one event can hold. After a failure it stays: it might be of a group that has to wait.
    if (failed.size > 0) this.#failed.add([...sent.filter(isFailed), ...rest], builtAt);
    else if (rest.length > 0) await this.#handle(rest);
  }

  /**
   * Makes visible at once what an earlier build of the function has failed on: on AWS nobody waits for that, here somebody is
   * mending the function. Each message stays at its place in its group, and its receives go on being counted.
   */
  async #releaseMended(): Promise<void> {
    if (this.#failed.isEmpty) return;
    const { builtAt } = this.#pool;
    if (builtAt === undefined || Date.now() - builtAt < SETTLED_MILLISECONDS) return;
    const mended = this.#failed.takeOfOtherBuilds(builtAt);
    for (let start = 0; start < mended.length; start += MAXIMUM_MESSAGES) {
      const some = mended.slice(start, start + MAXIMUM_MESSAGES);
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#mapping.queueUrl,
        Entries: some.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
      });
      await untilAnswered(`Releasing to ${this.#mapping.queueUrl}`, () => this.#sqs.send(command), this.#signal);
    }
  }

  /** Answers the ids of the messages that failed. */
  async #invoke(records: readonly { readonly messageId: string }[]): Promise<ReadonlySet<string>> {
    const all = new Set(records.map(({ messageId }) => messageId));
    try {
      const answer = await this.#pool.invoke({ Records: records });
      return this.#mapping.reportBatchItemFailures ? reportedFailures(answer, all) : new Set();
    } catch {
      // The pool has logged it.
      return all;
    } finally {
      possibleWrite.publish(this.#mapping.id);
    }
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += MAXIMUM_MESSAGES) {
      const some = messages.slice(start, start + MAXIMUM_MESSAGES);
      const command = new DeleteMessageBatchCommand({
        QueueUrl: this.#mapping.queueUrl,
        Entries: some.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      });
      await untilAnswered(`Deleting from ${this.#mapping.queueUrl}`, () => this.#sqs.send(command), this.#signal);
    }
  }
}
