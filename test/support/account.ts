import { Aggregate, type AggregateState } from '../../src/event-store/aggregates/aggregate';
import { Event, type Uuid } from '../../src/event-store/events/event';
import { WrongStateError } from '../../src/shared-kernel/errors/wrong-state.error';

// The smallest domain that has everything: for specs of the engine, which knows no real one.

export class AccountOpened extends Event {
  static readonly $name = 'org/bank/account/opened';
  override readonly $name = AccountOpened.$name;

  constructor(
    id: Uuid,
    readonly owner: string,
  ) {
    super(id);
  }
}

export class AccountDeposited extends Event {
  static readonly $name = 'org/bank/account/deposited';
  override readonly $name = AccountDeposited.$name;

  constructor(
    id: Uuid,
    readonly amount: number,
  ) {
    super(id);
  }
}

export class AccountWithdrawn extends Event {
  static readonly $name = 'org/bank/account/withdrawn';
  override readonly $name = AccountWithdrawn.$name;

  constructor(
    id: Uuid,
    readonly amount: number,
  ) {
    super(id);
  }
}

export class AccountHandedOver extends Event {
  static readonly $name = 'org/bank/account/handedOver';
  override readonly $name = AccountHandedOver.$name;

  constructor(
    id: Uuid,
    readonly from: string,
    readonly to: string,
  ) {
    super(id);
  }
}

export class AccountClosed extends Event {
  static readonly $name = 'org/bank/account/closed';
  override readonly $name = AccountClosed.$name;
}

interface AccountState extends AggregateState {
  readonly owner: string;
  readonly balance: number;
}

export class Account extends Aggregate {
  static readonly aggregateType = 'org/bank/account';
  static readonly stateVersion: number = 1;

  owner!: string;
  balance = 0;

  static open(id: Uuid, owner: string): Account {
    const account = new Account(id);

    account.record(new AccountOpened(id, owner));
    return account;
  }

  get state(): AccountState {
    return { owner: this.owner, balance: this.balance };
  }

  deposit(amount: number): AccountDeposited {
    return this.record(new AccountDeposited(this.id, amount));
  }

  /** @throws WrongStateError for more than there is */
  withdraw(amount: number): AccountWithdrawn {
    if (amount > this.balance) {
      throw new WrongStateError(`Account ${this.id} has ${this.balance}, not ${amount}.`);
    }
    return this.record(new AccountWithdrawn(this.id, amount));
  }

  protected restoreState({ owner, balance }: AccountState): void {
    this.owner = owner;
    this.balance = balance;
  }

  protected whenOpened({ owner }: AccountOpened): void {
    this.owner = owner;
  }

  protected whenDeposited({ amount }: AccountDeposited): void {
    this.balance += amount;
  }

  protected whenWithdrawn({ amount }: AccountWithdrawn): void {
    this.balance -= amount;
  }
}
