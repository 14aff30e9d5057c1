import { join } from 'node:path';

import { inject, injectable } from 'inversify';

import { ContextModule } from '../../src/app/context-module';
import { EventLog } from '../../src/event-store/event-log/event-log';
import { type Event, enrichmentOf, type Uuid } from '../../src/event-store/events/event';
import { HandlesEvent, IgnoresEvent } from '../../src/event-store/projections/handles-event.decorator';
import { MultiStreamProjectionHandler } from '../../src/event-store/projections/multi-stream-projection.handler';
import {
  type MultiStreamProjectionRepository,
  type RowChange,
} from '../../src/event-store/projections/multi-stream-projection.repository';
import { Projection } from '../../src/event-store/projections/projection';
import { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import {
  Account,
  AccountClosed,
  AccountDeposited,
  AccountHandedOver,
  AccountOpened,
  AccountRenamed,
  AccountWithdrawn,
} from './account';
import { AccountRepository, BANK_HANDLERS, BranchRepository } from './bank-handlers';
import { Branch, BranchClosed, BranchOpened } from './branch';

// From here as from the one folder of a bundle, bench/.build.
export const BANK_TEMPLATE = join(__dirname, '../../test/support/bank.template.yaml');

export const AccountProjectionRepository = Symbol('AccountProjectionRepository');
export const BranchProjectionRepository = Symbol('BranchProjectionRepository');
export const PortfolioRepository = Symbol('PortfolioRepository');

export class AccountProjection extends Projection {
  owner!: string;
  name?: string;
  balance = 0;
  closed = false;

  protected applyAccountOpened({ owner }: AccountOpened): void {
    this.owner = owner;
  }

  protected applyAccountRenamed({ name }: AccountRenamed): void {
    this.name = name;
  }

  protected applyAccountDeposited({ amount }: AccountDeposited): void {
    this.balance += amount;
  }

  protected applyAccountWithdrawn({ amount }: AccountWithdrawn): void {
    this.balance -= amount;
  }

  protected applyAccountHandedOver({ to }: AccountHandedOver): void {
    this.owner = to;
  }

  protected applyAccountClosed(): void {
    this.closed = true;
  }
}

/** Keeps a row for each account. */
@HandlesEvent(AccountOpened, AccountRenamed, AccountDeposited, AccountWithdrawn, AccountHandedOver, AccountClosed)
@injectable()
export class AccountProjectionHandler extends ProjectionHandler<AccountProjection> {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(AccountProjectionRepository) accounts: ProjectionRepository<AccountProjection>,
  ) {
    super(log, accounts, AccountProjection);
  }
}

export class BranchProjection extends Projection {
  town!: string;
  closed = false;

  protected applyBranchOpened({ town }: BranchOpened): void {
    this.town = town;
  }

  protected applyBranchClosed(): void {
    this.closed = true;
  }
}

/** Keeps a row for each branch. */
@HandlesEvent(BranchOpened, BranchClosed)
@injectable()
export class BranchProjectionHandler extends ProjectionHandler<BranchProjection> {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(BranchProjectionRepository) branches: ProjectionRepository<BranchProjection>,
  ) {
    super(log, branches, BranchProjection);
  }
}

/** An account in its owner's list. */
export interface Holding {
  readonly owner: string;
  readonly accountId: Uuid;
  readonly name?: string | undefined;
  readonly branchId?: Uuid | undefined;
  /** Timestamp of the event that wrote the row. */
  readonly timestamp: string;
}

/** Keeps each owner's list of accounts, by following the accounts. */
@HandlesEvent(AccountOpened, AccountRenamed, AccountHandedOver)
@IgnoresEvent(AccountDeposited, AccountWithdrawn, AccountClosed)
@injectable()
export class PortfolioHandler extends MultiStreamProjectionHandler {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(PortfolioRepository) portfolios: MultiStreamProjectionRepository<Holding>,
  ) {
    super(log, portfolios, 'portfolios');
  }

  changes(event: Event): readonly RowChange[] {
    const { owner, name, branchId } = (enrichmentOf(event, 'Account') ?? event) as Partial<Holding>;
    const { from, to = owner! } = event as Partial<AccountHandedOver>;
    const put = { owner: to, accountId: event.id, name, branchId, timestamp: event.timestamp } satisfies Holding;

    return from === undefined ? [{ put }] : [{ remove: { owner: from, accountId: event.id } }, { put }];
  }
}

/** The engine tests' own context: `startTestCloud(BANK_TEMPLATE)` has what it needs. */
export const bank = new ContextModule({
  aggregates: [
    {
      type: Account,
      repository: AccountRepository,
      events: [AccountOpened, AccountRenamed, AccountDeposited, AccountWithdrawn, AccountHandedOver, AccountClosed],
    },
    { type: Branch, repository: BranchRepository, events: [BranchOpened, BranchClosed] },
  ],
  services: [],
  commandHandlers: BANK_HANDLERS,
  projections: [
    {
      type: AccountProjection,
      repository: AccountProjectionRepository,
      table: 'projectionAccountsTable',
      handler: AccountProjectionHandler,
    },
    {
      type: BranchProjection,
      repository: BranchProjectionRepository,
      table: 'projectionBranchesTable',
      handler: BranchProjectionHandler,
    },
  ],
  multiStreamProjections: [
    {
      repository: PortfolioRepository,
      table: 'portfoliosTable',
      partitionKey: 'owner',
      sortKey: 'accountId',
      aggregateKey: 'accountId',
      handler: PortfolioHandler,
    },
  ],
});
