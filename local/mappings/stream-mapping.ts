import type { SQSClient } from '@aws-sdk/client-sqs';

import type { FunctionPool } from '../lambda/function-pool.ts';
import { possibleWrite } from '../lambda/possible-write.ts';
import type { StreamMappingModel } from '../model.ts';
import { BatchDelivery } from './batch-delivery.ts';
import { Bell } from './bell.ts';
import { consumeShard } from './consume-shard.ts';
import { untilAnswered } from './retry.ts';
import type { Position, Shard, StreamReader } from './stream-reader.ts';

/** New shards turn up when old ones close, which is when we look; this is for those that turn up late. */
const DISCOVERY_MILLISECONDS = 5_000;

/** Consumes every shard of a stream, children after their parents. Nothing of it outlives the process. */
export class StreamMapping {
  readonly #mapping: StreamMappingModel;
  readonly #reader: StreamReader;
  readonly #delivery: BatchDelivery;
  readonly #signal: AbortSignal;
  readonly #news = new Bell();
  readonly #shardDone = new Bell();
  readonly #consumed = new Map<string, 'running' | 'done'>();

  constructor(
    mapping: StreamMappingModel,
    pool: FunctionPool,
    { reader, sqs }: { reader: StreamReader; sqs: SQSClient },
    signal: AbortSignal,
  ) {
    this.#mapping = mapping;
    this.#reader = reader;
    this.#delivery = new BatchDelivery(mapping, pool, sqs, signal);
    this.#signal = signal;
  }

  /** Resolves when `signal` has aborted and the batches in hand are done. */
  async run(): Promise<void> {
    possibleWrite.subscribe(this.#news.ring);
    const consuming: Promise<void>[] = [];
    let startingPosition: Position = this.#mapping.startingPosition;
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
    const what = `Listing the shards of ${this.#mapping.streamArn}`;
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
    await consumeShard(this.#mapping, this.#delivery, reading);
    this.#consumed.set(shardId, 'done');
    this.#shardDone.ring();
  }
}
