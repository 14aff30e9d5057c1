import type { Command } from '@node-ts/bus-messages';

import {
  CloseAccount,
  CloseBranch,
  Deposit,
  HandOverAccount,
  OpenAccount,
  OpenBranch,
  RenameAccount,
  Withdraw,
} from '../support/bank-commands';
import type { Random } from './random';

const OWNERS = ['Ada', 'Alan', 'Barbara', 'Edsger', 'Grace', 'Kurt'];
const NAMES = ['Current', 'Holidays', 'House', 'Pension', 'Savings', 'Taxes'];
/** So many of the latest accounts and branches take part: each has a few events in flight at a time. */
const ACTIVE = 4;
const LARGEST_AMOUNT = 9;

interface Opened {
  readonly id: string;
  readonly owner: string;
}

/** Commands over a few accounts and branches, as clients send them: most make sense, some come again, some collide. */
export class Workload {
  private readonly accounts: Opened[] = [];
  private readonly branches: { readonly id: string; readonly town: string }[] = [];
  private latest?: Opened;
  /** How often each kind of command is drawn. */
  private readonly drawn: readonly (() => Command)[];

  /** @param run tells the aggregates of this run from those of others with the same seed */
  constructor(
    private readonly random: Random,
    private readonly run: number,
  ) {
    this.drawn = [
      ...times(3, () => this.openAccount()),
      ...times(3, () => this.openBranch()),
      ...times(5, () => new RenameAccount(this.account().id, random.pick(NAMES))),
      ...times(3, () => new Deposit(this.account().id, this.amount())),
      ...times(2, () => new Withdraw(this.account().id, this.amount())),
      ...times(4, () => new HandOverAccount(this.account().id, random.pick(OWNERS))),
      () => (random.chance(0.5) ? new CloseAccount(this.account().id) : new CloseBranch(this.branch().id)),
    ];
  }

  next(): Command {
    if (this.branches.length === 0) {
      return this.openBranch();
    }
    return this.accounts.length === 0 ? this.openAccount() : this.random.pick(this.drawn)();
  }

  /** Often the same again: several of its events are under way at a time. */
  private account(): Opened {
    const isSame = this.latest && this.random.chance(0.5);
    const account = isSame ? this.latest! : this.random.pick(this.accounts.slice(-ACTIVE));

    this.latest = account;
    return account;
  }

  private branch() {
    return this.random.pick(this.branches.slice(-ACTIVE));
  }

  private amount(): number {
    return 1 + this.random.below(LARGEST_AMOUNT);
  }

  /** A new account, or one that is known, again. */
  private openAccount(): OpenAccount {
    if (this.accounts.length > 0 && this.random.chance(0.2)) {
      const { id, owner } = this.account();

      return new OpenAccount(id, owner, this.branch().id);
    }
    const account = { id: this.random.uuid(this.run), owner: this.random.pick(OWNERS) };

    this.accounts.push(account);
    return new OpenAccount(account.id, account.owner, this.branch().id);
  }

  /** A new branch, one that is known, again, or another one in a town that has one. */
  private openBranch(): OpenBranch {
    if (this.branches.length > 0 && this.random.chance(0.4)) {
      const { id, town } = this.branch();

      return new OpenBranch(this.random.chance(0.5) ? id : this.random.uuid(this.run), town);
    }
    const branch = { id: this.random.uuid(this.run), town: `Town ${this.branches.length}` };

    this.branches.push(branch);
    return new OpenBranch(branch.id, branch.town);
  }
}

function times(count: number, make: () => Command): (() => Command)[] {
  return Array.from({ length: count }, () => make);
}
