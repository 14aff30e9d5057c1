import { randomUUID } from 'node:crypto';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import type { Event } from '../../src/event-store/events/event';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { eventsHandledBy } from '../../src/event-store/projections/handles-event.decorator';
import { accountLifeOf } from '../../test/support/account-life';
import {
  AccountProjectionHandler,
  AccountProjectionRepository,
  bank,
  BANK_TEMPLATE,
  PortfolioHandler,
  PortfolioRepository,
} from '../../test/support/bank.module';
import { InMemoryEventLog } from '../../test/support/in-memory-event-log';
import { startTestCloud } from '../../test/support/test-cloud';
import { DynamoDbMeter } from './dynamodb-meter';

/** The most write requests that one event costs a row of its own aggregate, and the rows of another that it changes. */
export async function countProjectionWrites(): Promise<{ own: number; foreign: number }> {
  const cloud = await startTestCloud(BANK_TEMPLATE);

  try {
    const dynamodb = new DynamoDBClient({});
    const meter = new DynamoDbMeter(dynamodb);
    const app = new ApplicationContainer([bank], dynamodb);
    const log = new InMemoryEventLog();
    const life = accountLifeOf(randomUUID());

    await log.append(life);
    const own = await mostWrites(new AccountProjectionHandler(log, app.get(AccountProjectionRepository)), life, meter);
    const foreign = await mostWrites(new PortfolioHandler(log, app.get(PortfolioRepository)), life, meter);

    dynamodb.destroy();
    return { own, foreign };
  } finally {
    await cloud.stop();
  }
}

/** Hands a handler those of the events that it handles, one after the other. */
async function mostWrites(handler: EventHandler, events: readonly Event[], meter: DynamoDbMeter): Promise<number> {
  const handled = eventsHandledBy(handler.constructor);
  let most = 0;

  for (const event of events.filter(({ $name }) => handled.has($name))) {
    await handler.handle(event);
    most = Math.max(most, meter.take().writes);
  }
  return most;
}
