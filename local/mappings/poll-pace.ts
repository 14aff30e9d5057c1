import { Bell } from './bell.ts';

/** Milliseconds between two polls of a shard. */
export interface Pauses {
  /** At least: so that polls have a bounded cost. */
  readonly shortest: number;
  /** Of a quiet shard. */
  readonly longest: number;
}

/**
 * When to poll a shard: as soon as a function has ended that may have written; when nothing happens, less and less
 * often. So an event goes through fast, and an idle cloud is quiet.
 */
export class PollPace {
  readonly #news: Bell;
  readonly #pauses: Pauses;
  #heard: number;
  #polledAt = 0;
  #pause: number;

  /** `news` rings when a function has ended that may have written. */
  constructor(news: Bell, pauses: Pauses) {
    this.#news = news;
    this.#pauses = pauses;
    this.#pause = pauses.shortest;
    this.#heard = news.rings;
  }

  /** To be called when a poll begins. */
  polling(): void {
    this.#polledAt = performance.now();
  }

  /** Resolves when it is time for the next poll, or `signal` aborts; `found` is whether the last one read something. */
  async next(found: boolean, signal: AbortSignal): Promise<void> {
    const { shortest, longest } = this.#pauses;
    const lively = found || this.#news.rings !== this.#heard;
    this.#heard = this.#news.rings;
    this.#pause = lively ? shortest : Math.min(this.#pause * 2, longest);
    await this.#news.wait(signal, this.#pause);
    const early = this.#polledAt + shortest - performance.now();
    if (early > 0) await new Bell().wait(signal, early);
  }
}
