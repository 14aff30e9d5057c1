import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import { ContextModule } from '../../src/app/context-module';
import { EventLog } from '../../src/event-store/event-log/event-log';
import { HandlesEvent } from '../../src/event-store/projections/handles-event.decorator';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import {
  AccountClosed,
  AccountDeposited,
  AccountHandedOver,
  AccountOpened,
  AccountRenamed,
  AccountWithdrawn,
} from '../support/account';
import { HandOverAccount } from '../support/bank-commands';
import {
  AccountProjectionHandler,
  AccountProjectionRepository,
  bank,
  BranchProjectionHandler,
  BranchProjectionRepository,
  PortfolioHandler,
  PortfolioRepository,
} from '../support/bank.module';

// The release before accounts could be handed over. In a deployment it runs beside the one of today.

@HandlesEvent(AccountOpened, AccountRenamed, AccountDeposited, AccountWithdrawn, AccountClosed)
class AccountProjectionHandlerOfYesterday extends AccountProjectionHandler {}

@HandlesEvent(AccountOpened, AccountRenamed)
class PortfolioHandlerOfYesterday extends PortfolioHandler {}

const bankOfYesterday = new ContextModule({
  ...bank.parts,
  aggregates: bank.parts.aggregates.map((aggregate) => ({
    ...aggregate,
    events: aggregate.events.filter((event) => event !== AccountHandedOver),
  })),
});

/** An instance of yesterday's code. */
export function appOfYesterday(client: DynamoDBClient): ApplicationContainer {
  return new ApplicationContainer([bankOfYesterday], client);
}

export function handlersOfYesterday(app: ApplicationContainer): CheckpointedHandler[] {
  const log = app.get<EventLog>(EventLog);

  return [
    new AccountProjectionHandlerOfYesterday(log, app.get(AccountProjectionRepository)),
    new BranchProjectionHandler(log, app.get(BranchProjectionRepository)),
    new PortfolioHandlerOfYesterday(log, app.get(PortfolioRepository)),
  ];
}

/** Whether that code has a handler for this command. */
export function knewYesterday(command: object): boolean {
  return !(command instanceof HandOverAccount);
}
