import type { Pauses } from './poll-pace.ts';

/** A stream of shards, as the consumer needs it. Its adapters are the DynamoDB and the Kinesis stream. */
export interface StreamReader {
  readonly pauses: Pauses;
  /** All shards that the stream still has. */
  shards(): Promise<readonly Shard[]>;
  /** An iterator, which expires when it is not used for some minutes. */
  iterator(shardId: string, position: Position): Promise<string>;
  /** At most `limit` records in the shard's order. Throws `ExpiredIteratorException` as AWS names it. */
  read(shardId: string, iterator: string, limit: number): Promise<Page>;
}

export interface Shard {
  readonly id: string;
  /** One after a split, two after a merge; the parents may be gone from the stream. */
  readonly parentIds: readonly string[];
}

/** Where reading begins: the oldest record, after the newest, or after the record of that sequence number. */
export type Position = 'TRIM_HORIZON' | 'LATEST' | { readonly after: string };

export interface Page {
  readonly records: readonly StreamRecord[];
  /** Undefined when the shard is closed and read to its end. */
  readonly next: string | undefined;
}

export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** Records of one key stay in order under any ParallelizationFactor. */
  readonly orderingKey: string;
  /** The record as the function sees it in `event.Records`. */
  readonly eventRecord: object;
}
