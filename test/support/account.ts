import { Length } from 'class-validator';

import { Aggregate, type AggregateState } from '../../src/event-store/aggregates/aggregate';
import { Event, type Uuid } from '../../src/event-store/events/event';
import { WrongStateError } from '../../src/shared-kernel/errors/wrong-state.error';
import { assertValid } from '../../src/shared-kernel/validation/assert-valid';

// The smallest domain that has everything: for specs of the engine, which knows no real one.

export class AccountOpened extends Event {
  static readonly $name = 'org/bank/account/opened';
  override readonly $name = AccountOpened.$name;

  constructor(
    id: Uuid,
    readonly owner: string,
    readonly branchId?: Uuid,
  ) {
    super(id);
  }
}

export class AccountRenamed extends Event {
  static readonly $name = 'org/bank/account/renamed';
  override readonly $name = AccountRenamed.$name;

  constructor(
    id: Uuid,
    readonly name: string,
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

/** What an account is called. */
class AccountName {
  @Length(1, 50) readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

interface AccountState extends AggregateState {
  readonly owner: string;
  readonly name?: string | undefined;
  readonly branchId?: Uuid | undefined;
  readonly balance: number;
  readonly closed: boolean;
}

export class Account extends Aggregate {
  static readonly aggregateType = 'org/bank/account';
  static readonly stateVersion: number = 1;

  owner!: string;
  name?: string;
  branchId?: Uuid | undefined;
  balance = 0;
  closed = false;

  static open(id: Uuid, owner: string, branchId?: Uuid): Account {
    const account = new Account(id);

    account.record(new AccountOpened(id, owner, branchId));
    return account;
  }

  get state(): AccountState {
    const { owner, name, branchId, balance, closed } = this;

    return { owner, name, branchId, balance, closed };
  }

  /** @throws ValidationError, WrongStateError when closed */
  rename(name: string): AccountRenamed {
    assertValid(new AccountName(name));
    this.ensureOpen();
    return this.record(new AccountRenamed(this.id, name));
  }

  /** @throws WrongStateError when closed */
  deposit(amount: number): AccountDeposited {
    this.ensureOpen();
    return this.record(new AccountDeposited(this.id, amount));
  }

  /** @throws WrongStateError when closed, or for more than there is */
  withdraw(amount: number): AccountWithdrawn {
    this.ensureOpen();
    if (amount > this.balance) {
      throw new WrongStateError(`Account ${this.id} has ${this.balance}, not ${amount}.`);
    }
    return this.record(new AccountWithdrawn(this.id, amount));
  }

  /** @throws WrongStateError when closed, or when it belongs to that owner already */
  handOver(to: string): AccountHandedOver {
    this.ensureOpen();
    if (to === this.owner) {
      throw new WrongStateError(`Account ${this.id} belongs to ${to} already.`);
    }
    return this.record(new AccountHandedOver(this.id, this.owner, to));
  }

  /** @throws WrongStateError when closed already */
  close(): AccountClosed {
    this.ensureOpen();
    return this.record(new AccountClosed(this.id));
  }

  protected restoreState({ owner, name, branchId, balance, closed }: AccountState): void {
    Object.assign(this, { owner, name, branchId, balance, closed });
  }

  protected whenOpened({ owner, branchId }: AccountOpened): void {
    this.owner = owner;
    this.branchId = branchId;
  }

  protected whenRenamed({ name }: AccountRenamed): void {
    this.name = name;
  }

  protected whenDeposited({ amount }: AccountDeposited): void {
    this.balance += amount;
  }

  protected whenWithdrawn({ amount }: AccountWithdrawn): void {
    this.balance -= amount;
  }

  protected whenHandedOver({ to }: AccountHandedOver): void {
    this.owner = to;
  }

  protected whenClosed(): void {
    this.closed = true;
  }

  private ensureOpen(): void {
    if (this.closed) {
      throw new WrongStateError(`Account ${this.id} is closed.`);
    }
  }
}
