import { Bell } from '../mappings/bell.ts';
import type { BufferingModel } from '../model.ts';

export interface BufferedRecord {
  readonly data: Buffer;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
}

type Deliver = (records: readonly BufferedRecord[]) => Promise<void>;

/** Gathers records, and delivers them together once they are large enough or the first of them has waited long enough. */
export class RecordBuffer {
  readonly #limits: BufferingModel;
  readonly #deliver: Deliver;
  readonly #changed = new Bell();
  readonly #finishing = new AbortController();
  readonly #running: Promise<void>;
  #records: BufferedRecord[] = [];
  #bytes = 0;
  #firstCame = 0;

  constructor(limits: BufferingModel, deliver: Deliver) {
    this.#limits = limits;
    this.#deliver = deliver;
    this.#running = this.#run();
  }

  push(record: BufferedRecord): void {
    if (this.#records.length === 0) this.#firstCame = performance.now();
    this.#records.push(record);
    this.#bytes += record.data.length;
    this.#changed.ring();
  }

  /** Resolves when more may be pushed, or `signal` aborts: what a delivery holds up is limited as well. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#isFull && !signal.aborted) await this.#changed.wait(signal);
  }

  /** Delivers what is left; nothing more may be pushed. */
  async finish(): Promise<void> {
    this.#finishing.abort();
    await this.#running;
  }

  get #isFull(): boolean {
    return this.#bytes >= this.#limits.bytes;
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#gathered();
      if (this.#records.length === 0) return;
      const records = this.#records;
      this.#records = [];
      this.#bytes = 0;
      this.#changed.ring();
      await this.#deliver(records);
    }
  }

  async #gathered(): Promise<void> {
    const { signal } = this.#finishing;
    while (!signal.aborted && !this.#isFull) {
      const left = this.#firstCame + this.#limits.seconds * 1000 - performance.now();
      if (this.#records.length > 0 && left <= 0) return;
      await this.#changed.wait(signal, this.#records.length > 0 ? left : undefined);
    }
  }
}
