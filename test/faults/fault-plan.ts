import type { Random } from './random';

/** What may go wrong with one request. */
export const REQUEST_FAULTS = [
  'error',
  'lost answer',
  'throttling',
  'condition failed',
  'conflict as reason',
  'conflict as exception',
] as const;
/** What may go wrong with a request of several entries. */
export const BATCH_FAULTS = ['partial PutRecords', 'partial SendMessageBatch'] as const;
/** What may go wrong with one invocation of a function. */
export const INVOCATION_FAULTS = ['crash', 'time-out'] as const;
/** What may go wrong on the way between functions. */
export const TRANSPORT_FAULTS = ['twice', 'late', 'swapped', 'lost'] as const;

export const FAULTS = [...REQUEST_FAULTS, ...BATCH_FAULTS, ...INVOCATION_FAULTS, ...TRANSPORT_FAULTS] as const;

export type Fault = (typeof FAULTS)[number];

/** Decides what goes wrong, and counts it. */
export class FaultPlan {
  readonly counts = new Map<Fault, number>();
  private stopped = false;

  /**
   * @param rate probability of a fault at each occasion
   * @param kinds only these occur
   */
  constructor(
    readonly random: Random,
    private readonly rate: number,
    private readonly kinds: readonly Fault[] = FAULTS,
  ) {}

  /** One of the faults that are possible at this occasion, or none. What is answered counts as done. */
  strike(...possible: readonly Fault[]): Fault | undefined {
    return this.strikeAt(this.random, possible);
  }

  /** The same where occasions come in no certain order: each has a chance of its own. */
  strikeAt(random: Random, possible: readonly Fault[]): Fault | undefined {
    const kinds = possible.filter((fault) => this.kinds.includes(fault));

    if (this.stopped || kinds.length === 0 || !random.chance(this.rate)) {
      return undefined;
    }
    const fault = random.pick(kinds);

    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return fault;
  }

  /** From now on all is well. */
  stop(): void {
    this.stopped = true;
  }
}
