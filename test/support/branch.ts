import { Aggregate, type AggregateState } from '../../src/event-store/aggregates/aggregate';
import { Event, type Uuid } from '../../src/event-store/events/event';
import { WrongStateError } from '../../src/shared-kernel/errors/wrong-state.error';

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

export class BranchClosed extends Event {
  static readonly $name = 'org/bank/branch/closed';
  override readonly $name = BranchClosed.$name;
}

interface BranchState extends AggregateState {
  readonly town: string;
  readonly closed: boolean;
}

export class Branch extends Aggregate {
  static readonly aggregateType = 'org/bank/branch';
  static readonly stateVersion: number = 1;

  town!: string;
  closed = false;

  static open(id: Uuid, town: string): Branch {
    const branch = new Branch(id);

    branch.record(new BranchOpened(id, town));
    return branch;
  }

  get state(): BranchState {
    return { town: this.town, closed: this.closed };
  }

  /** @throws WrongStateError once it is closed */
  close(): void {
    this.ensureOpen();
    this.record(new BranchClosed(this.id));
  }

  /** @throws WrongStateError once it is closed */
  ensureOpen(): void {
    if (this.closed) {
      throw new WrongStateError(`Branch ${this.id} is closed.`);
    }
  }

  protected restoreState({ town, closed }: BranchState): void {
    this.town = town;
    this.closed = closed;
  }

  protected whenOpened({ town }: BranchOpened): void {
    this.town = town;
  }

  protected whenClosed(): void {
    this.closed = true;
  }
}
