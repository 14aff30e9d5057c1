import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: a timer that should wait longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The time that a batch has. */
export class TimeLimit {
  private readonly timer = new AbortController();
  /** Fulfilled when the time is up; never, once the limit has been ended. */
  readonly isUp: Promise<'time is up'>;

  /** @param deadline in milliseconds since 1970; Infinity, or one that is weeks away, as while debugging: there is none */
  constructor(private readonly deadline: number) {
    const left = Math.max(0, deadline - Date.now());

    this.isUp = new Promise((resolve) => {
      if (left <= LONGEST_TIMER) {
        sleep(left, undefined, { signal: this.timer.signal }).then(
          () => {
            resolve('time is up');
          },
          () => undefined,
        );
      }
    });
  }

  get isOver(): boolean {
    return Date.now() >= this.deadline;
  }

  /** Ends the waiting: nothing is left that would keep a process alive. */
  end(): void {
    this.timer.abort();
  }
}
