import type { FaultPlan } from './fault-plan';

/** Which event of which aggregate. */
export interface EventKey {
  readonly aggregateId: string;
  readonly version: number;
}

/** A record on a stream, and which event it holds. */
export interface EventRecord extends EventKey {
  readonly sequenceNumber: string;
  /** The record as a function gets it. */
  readonly eventRecord: object;
}

/** What a stream makes of its records now and then: loses one for ever, or swaps two of one aggregate. */
export class StreamFaults {
  /** The events whose records were lost. */
  readonly lost: EventKey[] = [];

  constructor(private readonly faults: FaultPlan) {}

  /** The aggregates of these events. */
  get affected(): ReadonlySet<string> {
    return new Set(this.lost.map(({ aggregateId }) => aggregateId));
  }

  /**
   * What becomes of the records that wait, in their order.
   *
   * @param arrived what has just come, to this lane or another; without it nothing happens, and only it gets lost
   */
  alter(waiting: readonly EventRecord[], arrived: readonly EventRecord[]): EventRecord[] {
    const candidates = waiting.filter((record) => arrived.includes(record));

    return candidates.length === 0 ? [...waiting] : this.swap(this.lose(waiting, candidates));
  }

  private lose(waiting: readonly EventRecord[], candidates: readonly EventRecord[]): readonly EventRecord[] {
    if (!this.faults.strike('lost')) {
      return waiting;
    }
    const lost = this.faults.random.pick(candidates);

    this.lost.push(lost);
    return waiting.filter((record) => record !== lost);
  }

  private swap(records: readonly EventRecord[]): EventRecord[] {
    const pairs = [...Map.groupBy(records, ({ aggregateId }) => aggregateId).values()].filter(
      ({ length }) => length > 1,
    );

    if (pairs.length === 0 || !this.faults.strike('swapped')) {
      return [...records];
    }
    const [one, other] = this.faults.random.pick(pairs);

    return records.map((record) => (record === one ? other! : record === other ? one! : record));
  }
}
