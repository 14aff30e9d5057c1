import { possibleWrite } from '../lambda/possible-write.ts';
import { Bell } from './bell.ts';
import type { ShardReading } from './read-shard.ts';
import { untilAnswered } from './retry.ts';
import type { Position, Shard, StreamReader } from './stream-reader.ts';

/** New shards turn up when old ones close, which is when we look; this is for those that turn up late. */
const DISCOVERY_MILLISECONDS = 5_000;

/** Reads one shard until it is closed and done, or the signal aborts. */
export type ConsumeShard = (reading: Omit<ShardReading, 'limit' | 'patience'>) => Promise<void>;

/** Has every shard of a stream consumed, children after their parents. Nothing of it outlives the process. */
export class StreamFollower {
  readonly #streamArn: string;
  readonly #reader: StreamReader;
  readonly #consumeShard: ConsumeShard;
  readonly #signal: AbortSignal;
  readonly #news = new Bell();
  readonly #shardDone = new Bell();
  readonly #consumed = new Map<string, 'running' | 'done'>();

  constructor(streamArn: string, reader: StreamReader, consumeShard: ConsumeShard, signal: AbortSignal) {
    this.#streamArn = streamArn;
    this.#reader = reader;
    this.#consumeShard = consumeShard;
    this.#signal = signal;
  }

  /** Resolves when the signal has aborted and every `consumeShard` has ended. */
  async run(from: 'TRIM_HORIZON' | 'LATEST'): Promise<void> {
    possibleWrite.subscribe(this.#news.ring);
    const consuming: Promise<void>[] = [];
    let startingPosition: Position = from;
    while (!this.#signal.aborted) {
      const rings = this.#shardDone.rings;
      const shards = await this.#shards();
      if (startingPosition === 'LATEST') this.#skipClosed(shards);
      for (const { id } of shards.filter((shard) => this.#isDue(shard, shards))) {
        consuming.push(this.#consume(id, startingPosition));
      }
      // What turns up later is read from its beginning, or what came between would be lost.
      startingPosition = 'TRIM_HORIZON';
      if (rings === this.#shardDone.rings) await this.#shardDone.wait(this.#signal, DISCOVERY_MILLISECONDS);
    }
    await Promise.all(consuming);
    possibleWrite.unsubscribe(this.#news.ring);
  }

  async #shards(): Promise<readonly Shard[]> {
    const what = `Listing the shards of ${this.#streamArn}`;
    return (await untilAnswered(what, () => this.#reader.shards(), this.#signal)) ?? [];
  }

  /** A shard with children is closed: all that it holds is older than the latest. */
  #skipClosed(shards: readonly Shard[]): void {
    for (const id of shards.flatMap(({ parentIds }) => parentIds)) this.#consumed.set(id, 'done');
  }

  #isDue({ id, parentIds }: Shard, shards: readonly Shard[]): boolean {
    const existing = parentIds.filter((parentId) => shards.some((shard) => shard.id === parentId));
    return !this.#consumed.has(id) && existing.every((parentId) => this.#consumed.get(parentId) === 'done');
  }

  async #consume(shardId: string, startingPosition: Position): Promise<void> {
    this.#consumed.set(shardId, 'running');
    const reading = { reader: this.#reader, shardId, startingPosition, news: this.#news, signal: this.#signal };
    await this.#consumeShard(reading);
    this.#consumed.set(shardId, 'done');
    this.#shardDone.ring();
  }
}
