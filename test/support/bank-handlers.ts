import { inject, injectable } from 'inversify';

import type { AggregateRepository } from '../../src/event-store/aggregates/aggregate.repository';
import type { CommandContext, CommandResult } from '../../src/event-store/commands/command-context';
import type { Handler } from '../../src/event-store/commands/handler';
import { HandlesMessage } from '../../src/event-store/commands/handles-message.decorator';
import { uniqueClaim } from '../../src/event-store/event-log/unique-claim';
import { Account } from './account';
import { AccountEnricher } from './account.enricher';
import {
  CloseAccount,
  CloseBranch,
  Deposit,
  HandOverAccount,
  OpenAccount,
  OpenBranch,
  RenameAccount,
  Withdraw,
} from './bank-commands';
import { Branch } from './branch';

// A domain this small needs no services: its handlers load, let the aggregate decide, and append.

export const AccountRepository = Symbol('AccountRepository');
export const BranchRepository = Symbol('BranchRepository');

type Accounts = AggregateRepository<Account>;
type Branches = AggregateRepository<Branch>;

/** No two branches are in the same town. */
const UNIQUE_TOWN = 'bank/branch#town';

@HandlesMessage(OpenAccount)
@injectable()
class OpenAccountHandler implements Handler<OpenAccount> {
  constructor(@inject(AccountRepository) private readonly accounts: Accounts) {}

  /** The same id and owner again is accepted and changes nothing. */
  handle({ id, owner, branchId }: OpenAccount, context: CommandContext): Promise<CommandResult> {
    return this.accounts.create(Account.open(id, owner, branchId), context, [], (existing) => existing.owner === owner);
  }
}

@HandlesMessage(RenameAccount)
@injectable()
class RenameAccountHandler implements Handler<RenameAccount> {
  constructor(@inject(AccountRepository) private readonly accounts: Accounts) {}

  handle({ id, name }: RenameAccount, context: CommandContext): Promise<CommandResult> {
    return this.accounts.change(id, context, (account) => {
      new AccountEnricher(account).enrich(account.rename(name));
    });
  }
}

@HandlesMessage(Deposit)
@injectable()
class DepositHandler implements Handler<Deposit> {
  constructor(@inject(AccountRepository) private readonly accounts: Accounts) {}

  handle({ id, amount }: Deposit, context: CommandContext): Promise<CommandResult> {
    return this.accounts.change(id, context, (account) => {
      account.deposit(amount);
    });
  }
}

@HandlesMessage(Withdraw)
@injectable()
class WithdrawHandler implements Handler<Withdraw> {
  constructor(@inject(AccountRepository) private readonly accounts: Accounts) {}

  handle({ id, amount }: Withdraw, context: CommandContext): Promise<CommandResult> {
    return this.accounts.change(id, context, (account) => {
      account.withdraw(amount);
    });
  }
}

@HandlesMessage(HandOverAccount)
@injectable()
class HandOverAccountHandler implements Handler<HandOverAccount> {
  constructor(
    @inject(AccountRepository) private readonly accounts: Accounts,
    @inject(BranchRepository) private readonly branches: Branches,
  ) {}

  /** It happens at the account's branch, if it has one, which must be open. */
  handle({ id, to }: HandOverAccount, context: CommandContext): Promise<CommandResult> {
    return this.accounts.change(id, context, async (account, consult) => {
      if (account.branchId !== undefined) {
        (await consult(this.branches, account.branchId)).ensureOpen();
      }
      new AccountEnricher(account).enrich(account.handOver(to));
    });
  }
}

@HandlesMessage(CloseAccount)
@injectable()
class CloseAccountHandler implements Handler<CloseAccount> {
  constructor(@inject(AccountRepository) private readonly accounts: Accounts) {}

  handle({ id }: CloseAccount, context: CommandContext): Promise<CommandResult> {
    return this.accounts.change(id, context, (account) => {
      account.close();
    });
  }
}

@HandlesMessage(OpenBranch)
@injectable()
class OpenBranchHandler implements Handler<OpenBranch> {
  constructor(@inject(BranchRepository) private readonly branches: Branches) {}

  /** The same id and town again is accepted and changes nothing. */
  handle({ id, town }: OpenBranch, context: CommandContext): Promise<CommandResult> {
    const claim = uniqueClaim(UNIQUE_TOWN, town, id);

    return this.branches.create(Branch.open(id, town), context, [claim], (existing) => existing.town === town);
  }
}

@HandlesMessage(CloseBranch)
@injectable()
class CloseBranchHandler implements Handler<CloseBranch> {
  constructor(@inject(BranchRepository) private readonly branches: Branches) {}

  handle({ id }: CloseBranch, context: CommandContext): Promise<CommandResult> {
    return this.branches.change(id, context, (branch) => {
      branch.close();
    });
  }
}

/** Every command of the bank, by its handler. */
export const BANK_HANDLERS = [
  OpenAccountHandler,
  RenameAccountHandler,
  DepositHandler,
  WithdrawHandler,
  HandOverAccountHandler,
  CloseAccountHandler,
  OpenBranchHandler,
  CloseBranchHandler,
];
