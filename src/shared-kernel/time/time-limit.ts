import { OutOfTimeError } from '../errors/out-of-time.error';

/** Milliseconds: a timer that should wait longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const TIME_IS_UP = Symbol('time is up');

/** The time that some work has. */
export class TimeLimit {
  /** All the time that there is. */
  static readonly NONE = new TimeLimit(Infinity);

  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A timer may fire a little before the clock shows its time. */
  private hasFired = false;
  /** Absent: there is no end. */
  private readonly up: Promise<typeof TIME_IS_UP> | undefined;

  /** @param deadline in milliseconds since 1970; Infinity, or one that is weeks away, as while debugging: there is none */
  constructor(readonly deadline: number) {
    const left = Math.max(0, deadline - Date.now());

    if (left <= LONGEST_TIMER) {
      this.up = new Promise((resolve) => {
        this.timer = setTimeout(() => {
          this.hasFired = true;
          resolve(TIME_IS_UP);
        }, left);
      });
    }
  }

  get isOver(): boolean {
    return this.hasFired || Date.now() >= this.deadline;
  }

  /**
   * Does work as long as there is time, and begins none after it. Work that takes longer goes on, and nobody waits for it.
   *
   * @throws OutOfTimeError when the time is over before the work is done
   */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOver) {
      throw new OutOfTimeError('The time was over before it began.');
    }
    if (!this.up) {
      return work();
    }
    const outcome = await Promise.race([work(), this.up]);

    if (outcome === TIME_IS_UP) {
      throw new OutOfTimeError('The time was over before it was done.');
    }
    return outcome;
  }

  /** Ends the waiting: nothing is left that would keep a process alive. */
  end(): void {
    clearTimeout(this.timer);
  }
}

/**
 * Does work that looks at its time itself.
 *
 * @param deadline in milliseconds since 1970; Infinity: there is none
 */
export async function withTimeLimit<T>(deadline: number, work: (time: TimeLimit) => Promise<T>): Promise<T> {
  const time = new TimeLimit(deadline);

  try {
    return await work(time);
  } finally {
    time.end();
  }
}
