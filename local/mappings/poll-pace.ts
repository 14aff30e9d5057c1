import { Bell } from './bell.ts';

/** Apart from each other at least this far: an event goes through in some tens of milliseconds, at a bounded cost. */
const SHORTEST_MILLISECONDS = 20;
/** Reached when nothing happens: who writes past the functions is read this late at the latest. */
const LONGEST_MILLISECONDS = 100;

/**
 * When to poll a shard: at once when a function has ended, since functions are what writes; otherwise less and less
 * often, 20 to 100 ms apart. (Lambda itself polls one to four times a second.)
 */
export class PollPace {
  readonly #news: Bell;
  #heard: number;
  #polledAt = 0;
  #pause = SHORTEST_MILLISECONDS;

  /** `news` rings when a function has ended. */
  constructor(news: Bell) {
    this.#news = news;
    this.#heard = news.rings;
  }

  /** To be called when a poll begins. */
  polling(): void {
    this.#polledAt = performance.now();
  }

  async next(found: boolean, signal: AbortSignal): Promise<void> {
    const news = this.#news.rings !== this.#heard;
    this.#heard = this.#news.rings;
    this.#pause = found || news ? SHORTEST_MILLISECONDS : Math.min(this.#pause * 2, LONGEST_MILLISECONDS);
    await this.#news.wait(signal, this.#pause);
    const early = this.#polledAt + SHORTEST_MILLISECONDS - performance.now();
    if (early > 0) await new Bell().wait(signal, early);
  }
}
