import { setTimeout as sleep } from 'node:timers/promises';

/** The time that a batch has. */
export class TimeLimit {
  private readonly timer = new AbortController();
  /** Fulfilled when the time is up; never, once the limit has been ended. */
  readonly isUp: Promise<'time is up'>;

  /** @param deadline in milliseconds since 1970; Infinity: there is none */
  constructor(private readonly deadline: number) {
    this.isUp = new Promise((resolve) => {
      if (deadline !== Infinity) {
        sleep(Math.max(0, deadline - Date.now()), undefined, { signal: this.timer.signal }).then(
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
