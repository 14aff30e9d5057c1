import type { StreamMappingModel } from '../model.ts';
import { batchLength } from './batch.ts';
import { Bell } from './bell.ts';
import type { StreamRecord } from './stream-reader.ts';

/** Records that wait in a lane while its batch is retried; the other lanes go on until one is that far behind. */
const MAXIMUM_PENDING = 1_000;

export type Gathering = Pick<StreamMappingModel, 'batchSize' | 'batchingWindowSeconds'>;

/** One of the lanes that ParallelizationFactor gives a shard: gathers records to batches and delivers one at a time. */
export class Lane {
  readonly #gathering: Gathering;
  readonly #deliver: (records: readonly StreamRecord[]) => Promise<void>;
  readonly #signal: AbortSignal;
  readonly #pending: StreamRecord[] = [];
  readonly #changed = new Bell();
  readonly #running: Promise<void>;
  #complete = false;

  constructor(gathering: Gathering, deliver: (records: readonly StreamRecord[]) => Promise<void>, signal: AbortSignal) {
    this.#gathering = gathering;
    this.#deliver = deliver;
    this.#signal = signal;
    this.#running = this.#run();
  }

  push(record: StreamRecord): void {
    this.#pending.push(record);
    this.#changed.ring();
  }

  /** Resolves when more may be pushed. */
  async room(): Promise<void> {
    const limit = Math.max(this.#gathering.batchSize, MAXIMUM_PENDING);
    while (this.#pending.length >= limit && !this.#signal.aborted) {
      await this.#changed.wait(this.#signal);
    }
  }

  /** Resolves when everything pushed is delivered; nothing more may be pushed. */
  async finish(): Promise<void> {
    this.#complete = true;
    this.#changed.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#gathered();
      if (this.#pending.length === 0 || this.#signal.aborted) return;
      const next = this.#pending.slice(0, this.#gathering.batchSize).map(({ eventRecord }) => eventRecord);
      const batch = this.#pending.splice(0, batchLength(next, next.length));
      this.#changed.ring();
      await this.#deliver(batch);
    }
  }

  /** A full batch, or what has come when the batching window, which begins with its first record, is over. */
  async #gathered(): Promise<void> {
    while (this.#pending.length === 0 && this.#expectsMore) await this.#changed.wait(this.#signal);
    const end = performance.now() + this.#gathering.batchingWindowSeconds * 1000;
    for (;;) {
      const left = end - performance.now();
      if (left <= 0 || this.#pending.length >= this.#gathering.batchSize || !this.#expectsMore) return;
      await this.#changed.wait(this.#signal, left);
    }
  }

  get #expectsMore(): boolean {
    return !this.#complete && !this.#signal.aborted;
  }
}
