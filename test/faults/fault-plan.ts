import type { Random } from './random';

/** What may go wrong with one request. */
export const REQUEST_FAULTS = [
  'error',
  'lost answer',
  'throttling',
  'condition failed',
  'conflict as reason',
  'conflict as exception',
  'conflict with consulted',
] as const;
/** What others may do between a decision and its append. */
export const RIVAL_FAULTS = ['consulted changes'] as const;
/** What may go wrong with a request of several entries. */
export const BATCH_FAULTS = ['partial PutRecords', 'partial SendMessageBatch'] as const;
/** How a service may refuse an event for what is in it: alone, or with all that is sent with it. It does so for ever. */
export const CONTENT_FAULTS = ['entry refused', 'call refused'] as const;
/** What may be in the log: an item that is no event, one whose type has no queue, an event too large for a message. */
export const LOG_FAULTS = ['no event', 'no queue', 'too large'] as const;
/** What may go wrong with one invocation of a function. */
export const INVOCATION_FAULTS = ['crash', 'time-out', 'hang'] as const;
/** What may be wrong about what is deployed: a queue that nobody may send to, yesterday's code beside today's. */
export const STAGE_FAULTS = ['queue denied', 'old code'] as const;
/** What may go wrong on the way between functions. */
export const TRANSPORT_FAULTS = ['twice', 'late', 'swapped', 'lost'] as const;

export const FAULTS = [
  ...REQUEST_FAULTS,
  ...RIVAL_FAULTS,
  ...BATCH_FAULTS,
  ...CONTENT_FAULTS,
  ...LOG_FAULTS,
  ...INVOCATION_FAULTS,
  ...STAGE_FAULTS,
  ...TRANSPORT_FAULTS,
] as const;

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
