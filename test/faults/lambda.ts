import type { FaultPlan } from './fault-plan';
import { Invocation } from './invocation';

const LONGEST_FREEZE = 8;

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
  private frozen: Frozen[] = [];

  constructor(private readonly faults: FaultPlan) {}

  /** @throws NoAnswerError for a crash or a time-out, and what the function throws */
  async invoke<T>(work: () => Promise<T>): Promise<T> {
    const fault = this.faults.strike('crash', 'time-out') as 'crash' | 'time-out' | undefined;
    const invocation = new Invocation(this.faults.random.below(2 ** 31), fault);

    if (!fault) {
      return invocation.run(work);
    }
    const ended = invocation.run(work).catch((error: unknown) => error);

    if ((await Promise.race([ended.then(() => 'ended'), invocation.frozen])) !== 'ended') {
      this.frozen.push({ invocation, ended, ticks: 1 + this.faults.random.below(LONGEST_FREEZE) });
    }
    throw new NoAnswerError(fault);
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
