import type { Bell } from './bell.ts';
import { PollPace } from './poll-pace.ts';
import { untilAnswered } from './retry.ts';
import type { Page, Position, StreamReader, StreamRecord } from './stream-reader.ts';

export interface ShardReading {
  readonly reader: StreamReader;
  readonly shardId: string;
  readonly startingPosition: Position;
  /** Records at once. */
  readonly limit: number;
  /** Milliseconds that a record may wait here. */
  readonly patience: number;
  /** Rings when a function has ended that may have written. */
  readonly news: Bell;
  readonly signal: AbortSignal;
}

/** A shard's records in order, as they come; ends when the shard is closed and read to its end, or `signal` aborts. */
export async function* readShard(reading: ShardReading): AsyncGenerator<readonly StreamRecord[], void, void> {
  const { reader, shardId, limit, patience, news, signal } = reading;
  const pace = new PollPace(news, {
    // Nobody who waits anyway needs polls.
    shortest: Math.min(Math.max(patience, reader.pauses.shortest), reader.pauses.longest),
    longest: reader.pauses.longest,
  });
  let position = reading.startingPosition;
  let iterator: string | undefined;
  // After a failure the next iterator comes from the position, which no failure can lose.
  const nextPage = (): Promise<Page> => {
    const used = iterator;
    iterator = undefined;
    return read(reading, position, used);
  };

  while (!signal.aborted) {
    pace.polling();
    const page = await untilAnswered(`Reading ${shardId}`, nextPage, signal);
    if (page === undefined) return;
    iterator = page.next;
    const last = page.records.at(-1);
    if (last !== undefined) {
      position = { after: last.sequenceNumber };
      yield page.records;
    }
    if (page.next === undefined) return;
    if (page.records.length < limit) await pace.next(last !== undefined, signal);
  }
}

/** Iterators expire in 5 (Kinesis) or 15 minutes (DynamoDB): a batch that is retried can take longer. */
async function read(
  { reader, shardId, limit }: ShardReading,
  position: Position,
  iterator: string | undefined,
): Promise<Page> {
  if (iterator !== undefined) {
    try {
      return await reader.read(shardId, iterator, limit);
    } catch (error) {
      if ((error as Error).name !== 'ExpiredIteratorException') throw error;
    }
  }
  return reader.read(shardId, await reader.iterator(shardId, position), limit);
}
