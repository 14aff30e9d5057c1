import { setTimeout as sleep } from 'node:timers/promises';

import type { FaultPlan } from './fault-plan';
import { type Ending, Invocation } from './invocation';

const LONGEST_FREEZE = 8;
/** Milliseconds that a batch has in which a handler hangs: for all others in it, plenty. */
const DEADLINE = 800;
const TIME_OUT = 2 * DEADLINE;
const TIME_IS_UP = Symbol('time is up');

/** The invocation gave no answer that counts. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

interface Frozen {
  readonly invocation: Invocation;
  readonly ended: Promise<unknown>;
  ticks: number;
}

/** Invokes functions as Lambda does: some crash on their way, some time out and go on later, when nobody listens. */
export class Lambda {
  /** How many functions had no answer by their end, since a handler hung. */
  overrun = 0;
  private frozen: Frozen[] = [];

  constructor(private readonly faults: FaultPlan) {}

  /** @throws NoAnswerError for a crash or a time-out, and what the function throws */
  invoke<T>(work: () => Promise<T>): Promise<T> {
    return this.end(work, this.faults.strike('crash', 'time-out') as 'crash' | 'time-out' | undefined);
  }

  /**
   * The same for a function that answers by a deadline, in milliseconds since 1970: one of its handlers may hang.
   *
   * @throws NoAnswerError when it does not, and as `invoke`
   */
  invokeUntil<T>(work: (deadline: number) => Promise<T>): Promise<T> {
    const fault = this.faults.strike('crash', 'time-out', 'hang') as Ending | undefined;

    return fault === 'hang' ? this.hang(work) : this.end(() => work(Infinity), fault);
  }

  private async end<T>(work: () => Promise<T>, fault?: 'crash' | 'time-out'): Promise<T> {
    const invocation = this.begin(fault);

    if (!fault) {
      return invocation.run(work);
    }
    const ended = invocation.run(work).catch((error: unknown) => error);

    if ((await Promise.race([ended.then(() => 'ended'), invocation.frozen])) !== 'ended') {
      this.freeze(invocation, ended);
    }
    throw new NoAnswerError(fault);
  }

  private async hang<T>(work: (deadline: number) => Promise<T>): Promise<T> {
    const invocation = this.begin('hang');
    const answer = invocation.run(() => work(Date.now() + DEADLINE));
    const timer = new AbortController();
    const timeOut = sleep(TIME_OUT, TIME_IS_UP, { signal: timer.signal });

    try {
      const first = await Promise.race([answer, timeOut]);

      if (first === TIME_IS_UP) {
        this.overrun++;
        throw new NoAnswerError('hang');
      }
      return first;
    } finally {
      timer.abort();
      this.freeze(invocation, Promise.allSettled([answer, invocation.ended()]));
    }
  }

  private begin(fault?: Ending): Invocation {
    return new Invocation(this.faults.random.below(2 ** 31), fault);
  }

  private freeze(invocation: Invocation, ended: Promise<unknown>): void {
    this.frozen.push({ invocation, ended, ticks: 1 + this.faults.random.below(LONGEST_FREEZE) });
  }

  /** Time goes on: what has been frozen for long enough goes on, and ends. */
  async tick(): Promise<void> {
    this.frozen.forEach((frozen) => frozen.ticks--);
    const due = this.frozen.filter(({ ticks }) => ticks <= 0);

    this.frozen = this.frozen.filter(({ ticks }) => ticks > 0);
    for (const { invocation, ended } of due) {
      invocation.thaw();
      await ended;
    }
  }

  get isQuiet(): boolean {
    return this.frozen.length === 0;
  }
}
