import { join } from 'node:path';

import { inject, injectable } from 'inversify';

import { ContextModule } from '../../src/app/context-module';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { HandlesEvent } from '../../src/event-store/projections/handles-event.decorator';
import {
  type MultiStreamProjectionRepository,
  type RowChange,
} from '../../src/event-store/projections/multi-stream-projection.repository';
import { MultiStreamProjectionHandler } from '../../src/event-store/projections/multi-stream-projection.handler';
import { Projection } from '../../src/event-store/projections/projection';
import { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import { Account, AccountClosed, AccountDeposited, AccountOpened } from './account';
import { Branch, BranchOpened } from './branch';

export const BANK_TEMPLATE = join(__dirname, 'bank.template.yaml');

export const AccountRepository = Symbol('AccountRepository');
export const BranchRepository = Symbol('BranchRepository');
export const AccountProjections = Symbol('AccountProjections');
export const Portfolios = Symbol('Portfolios');

export class AccountProjection extends Projection {
  owner!: string;
  balance = 0;
  closed = false;

  protected applyAccountOpened({ owner }: AccountOpened): void {
    this.owner = owner;
  }

  protected applyAccountDeposited({ amount }: AccountDeposited): void {
    this.balance += amount;
  }

  protected applyAccountClosed(): void {
    this.closed = true;
  }
}

/** Keeps a row for each account. */
@HandlesEvent(AccountOpened, AccountDeposited, AccountClosed)
@injectable()
export class AccountProjectionHandler extends ProjectionHandler<AccountProjection> {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(AccountProjections) accounts: ProjectionRepository<AccountProjection>,
  ) {
    super(log, accounts, AccountProjection);
  }
}

/** An account in its owner's list. */
export interface Holding {
  readonly owner: string;
  readonly accountId: Uuid;
}

/** Keeps each owner's list of accounts, by following the accounts. */
@HandlesEvent(AccountOpened)
@injectable()
export class PortfolioHandler extends MultiStreamProjectionHandler {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(Portfolios) portfolios: MultiStreamProjectionRepository<Holding>,
  ) {
    super(log, portfolios, 'portfolios');
  }

  changes(event: Event): readonly RowChange[] {
    return [{ put: { owner: (event as AccountOpened).owner, accountId: event.id } satisfies Holding }];
  }
}

/** The engine tests' own context: `startTestCloud(BANK_TEMPLATE)` has what it needs. */
export const bank = new ContextModule({
  aggregates: [
    { type: Account, repository: AccountRepository, events: [AccountOpened, AccountDeposited, AccountClosed] },
    { type: Branch, repository: BranchRepository, events: [BranchOpened] },
  ],
  services: [],
  commandHandlers: [],
  projections: [
    {
      type: AccountProjection,
      repository: AccountProjections,
      table: 'projectionAccountsTable',
      handler: AccountProjectionHandler,
    },
  ],
  multiStreamProjections: [
    {
      repository: Portfolios,
      table: 'portfoliosTable',
      partitionKey: 'owner',
      sortKey: 'accountId',
      aggregateKey: 'accountId',
      handler: PortfolioHandler,
    },
  ],
});
