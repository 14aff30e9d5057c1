import { Bell } from './bell.ts';

/** Polls are at least this far apart: an event goes on within some tens of milliseconds, at a bounded cost. */
const SHORTEST_MILLISECONDS = 20;

/**
 * When to poll a shard: as soon as a function has ended that may have written; when nothing happens, less and less
 * often. So an event goes through fast, and an idle cloud is quiet.
 */
export class PollPace {
  readonly #news: Bell;
  readonly #longest: number;
  #heard: number;
  #polledAt = 0;
  #pause = SHORTEST_MILLISECONDS;

  /** `news` rings when a function has ended that may have written; `longest` is the pause of a quiet stream, in milliseconds. */
  constructor(news: Bell, longest: number) {
    this.#news = news;
    this.#longest = longest;
    this.#heard = news.rings;
  }

  /** To be called when a poll begins. */
  polling(): void {
    this.#polledAt = performance.now();
  }

  /** Resolves when it is time for the next poll, or `signal` aborts; `found` is whether the last one read something. */
  async next(found: boolean, signal: AbortSignal): Promise<void> {
    const lively = found || this.#news.rings !== this.#heard;
    this.#heard = this.#news.rings;
    this.#pause = lively ? SHORTEST_MILLISECONDS : Math.min(this.#pause * 2, this.#longest);
    await this.#news.wait(signal, this.#pause);
    const early = this.#polledAt + SHORTEST_MILLISECONDS - performance.now();
    if (early > 0) await new Bell().wait(signal, early);
  }
}
