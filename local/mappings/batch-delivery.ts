import type { SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';

import type { FunctionPool } from '../lambda/function-pool.ts';
import { possibleWrite } from '../lambda/possible-write.ts';
import type { StreamMappingModel } from '../model.ts';
import { reportedFailures } from './batch-response.ts';
import { type Discarded, sendToDestination } from './on-failure-destination.ts';
import { backOff, untilAnswered } from './retry.ts';
import { afterFailure, type Batch } from './retry-plan.ts';
import type { StreamRecord } from './stream-reader.ts';

interface Invoked {
  readonly requestId: string;
  readonly threw: boolean;
  /** Index of the first record that failed; undefined when none did. */
  readonly firstFailed: number | undefined;
}

/** Brings the records of a stream to the function, or, by Lambda's rules for streams, to the on-failure destination. */
export class BatchDelivery {
  readonly #mapping: StreamMappingModel;
  readonly #pool: FunctionPool;
  readonly #sqs: SQSClient;
  readonly #signal: AbortSignal;

  constructor(mapping: StreamMappingModel, pool: FunctionPool, sqs: SQSClient, signal: AbortSignal) {
    this.#mapping = mapping;
    this.#pool = pool;
    this.#sqs = sqs;
    this.#signal = signal;
  }

  /** Resolves when every record is handled or discarded, or when the mapping stops. */
  async deliver(shardId: string, records: readonly StreamRecord[]): Promise<void> {
    let batches: readonly Batch[] = [{ records, failures: 0 }];
    while (!this.#signal.aborted) {
      const [batch, ...later] = batches;
      if (batch === undefined) return;
      batches = [...(await this.#attempt(shardId, batch)), ...later];
    }
  }

  /** Answers what is left to deliver of the batch. */
  async #attempt(shardId: string, batch: Batch): Promise<readonly Batch[]> {
    const { records, failures } = batch;
    const expired = this.#expired(records);
    if (expired > 0) {
      const old = { records: records.slice(0, expired), invokeCount: failures, lastInvocation: undefined };
      await this.#discard({ ...old, shardId, condition: 'RecordAgeExceeded' });
      return expired === records.length ? [] : [{ records: records.slice(expired), failures: 0 }];
    }
    const invoked = await this.#invoke(records);
    if (invoked.firstFailed === undefined) return [];
    const remaining = afterFailure(batch, invoked.firstFailed, this.#mapping);
    if (remaining.length === 0) {
      const lost = { records, invokeCount: failures + 1, lastInvocation: invoked };
      await this.#discard({ ...lost, shardId, condition: 'RetryAttemptsExhausted' });
    }
    if (remaining[0]?.failures) await backOff(remaining[0].failures, this.#signal);
    return remaining;
  }

  /** How many records from the first on are older than the mapping wants them. */
  #expired(records: readonly StreamRecord[]): number {
    const { maximumRecordAgeSeconds } = this.#mapping;
    if (maximumRecordAgeSeconds < 0) return 0;
    const oldest = Date.now() - maximumRecordAgeSeconds * 1000;
    const young = records.findIndex(({ arrivedAt }) => arrivedAt >= oldest);
    return young === -1 ? records.length : young;
  }

  async #invoke(records: readonly StreamRecord[]): Promise<Invoked> {
    const requestId = randomUUID();
    try {
      const answer = await this.#pool.invoke({ Records: records.map(({ eventRecord }) => eventRecord) }, requestId);
      if (!this.#mapping.reportBatchItemFailures) return { requestId, threw: false, firstFailed: undefined };
      const failed = reportedFailures(answer, new Set(records.map(({ sequenceNumber }) => sequenceNumber)));
      const firstFailed = records.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
      return { requestId, threw: false, firstFailed: firstFailed === -1 ? undefined : firstFailed };
    } catch {
      // The pool has logged it.
      return { requestId, threw: true, firstFailed: 0 };
    } finally {
      possibleWrite.publish(requestId);
    }
  }

  async #discard(discarded: Omit<Discarded, 'functionArn'>): Promise<void> {
    const { id, onFailureQueueArn } = this.#mapping;
    const { condition, records, shardId } = discarded;
    console.error(
      `${id} discards ${records.length} record(s) of ${shardId} from ${records[0]?.sequenceNumber ?? ''} on: ${condition}.`,
    );
    if (onFailureQueueArn === undefined) return;
    const full = { ...discarded, functionArn: this.#pool.functionArn };
    const send = (): Promise<void> => sendToDestination(this.#sqs, onFailureQueueArn, this.#mapping, full);
    await untilAnswered(`Sending to ${onFailureQueueArn}`, send, this.#signal);
  }
}
