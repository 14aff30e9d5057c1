import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { DynamoEventLog } from '../../src/event-store/event-log/dynamo-event-log';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import { DynamoMultiStreamProjectionRepository } from '../../src/event-store/projections/dynamo-multi-stream-projection.repository';
import { DynamoProjectionRepository } from '../../src/event-store/projections/dynamo-projection.repository';
import { HandlesEvent } from '../../src/event-store/projections/handles-event.decorator';
import { AccountDeposited, AccountHandedOver, AccountOpened } from '../support/account';
import {
  AccountProjection,
  AccountProjectionHandler,
  bank,
  type Holding,
  PortfolioHandler,
} from '../support/bank.module';
import { NEW_EVENT } from './small-log';

export type CodeVersion = 'new' | 'old';

/** How a removed guard changes the handlers. */
export interface HandlerChanges {
  readonly handlersLog?: (log: EventLog) => EventLog;
  readonly handler?: (handler: CheckpointedHandler) => void;
}

@HandlesEvent(AccountOpened, AccountDeposited, AccountHandedOver)
class OldAccountProjectionHandler extends AccountProjectionHandler {}

@HandlesEvent(AccountOpened, AccountHandedOver)
class OldPortfolioHandler extends PortfolioHandler {}

const REGISTRIES = {
  new: new EventRegistry(bank.events),
  old: new EventRegistry(bank.events.filter((event) => event !== NEW_EVENT)),
};

/** The projections' handlers, of one release of the code, and what they stand on. */
export function projectionsOf(
  code: CodeVersion,
  documents: DynamoDBDocumentClient,
  { handlersLog = same, handler = () => undefined }: HandlerChanges,
) {
  const events = REGISTRIES[code];
  const log = new DynamoEventLog(documents, { events: 'eventLogTable', claims: '', records: '' }, events);
  const accounts = new DynamoProjectionRepository(documents, 'projectionAccountsTable', AccountProjection);
  const portfolios = new DynamoMultiStreamProjectionRepository<Holding>(documents, {
    name: 'portfoliosTable',
    partitionKey: 'owner',
    sortKey: 'accountId',
    aggregateKey: 'accountId',
    checkpoints: 'checkpointsTable',
  });
  const [Own, Follower] =
    code === 'new' ? [AccountProjectionHandler, PortfolioHandler] : [OldAccountProjectionHandler, OldPortfolioHandler];
  const handlers = [new Own(handlersLog(log), accounts), new Follower(handlersLog(log), portfolios)];

  handlers.forEach(handler);
  return { handlers, events, log };
}

function same<T>(value: T): T {
  return value;
}
