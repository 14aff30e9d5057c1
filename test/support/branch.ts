import { Aggregate, type AggregateState } from '../../src/event-store/aggregates/aggregate';
import { Event, type Uuid } from '../../src/event-store/events/event';

// The bank's second aggregate type: for what two types have apart, such as their queues.

export class BranchOpened extends Event {
  static readonly $name = 'org/bank/branch/opened';
  override readonly $name = BranchOpened.$name;

  constructor(
    id: Uuid,
    readonly town: string,
  ) {
    super(id);
  }
}

interface BranchState extends AggregateState {
  readonly town: string;
}

export class Branch extends Aggregate {
  static readonly aggregateType = 'org/bank/branch';
  static readonly stateVersion: number = 1;

  town!: string;

  get state(): BranchState {
    return { town: this.town };
  }

  protected restoreState({ town }: BranchState): void {
    this.town = town;
  }

  protected whenOpened({ town }: BranchOpened): void {
    this.town = town;
  }
}
