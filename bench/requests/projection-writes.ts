import { randomUUID } from 'node:crypto';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import type { Event } from '../../src/event-store/events/event';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { MembershipHandler } from '../../src/iam/membership/services/membership.handler';
import { MembershipRepository } from '../../src/iam/membership/services/membership.repository';
import { UserProjectionHandler } from '../../src/iam/user/services/user-projection.handler';
import { UserProjectionRepository } from '../../src/iam/user/services/user-projection.repository';
import { InMemoryEventLog } from '../../test/support/in-memory-event-log';
import { startTestCloud } from '../../test/support/test-cloud';
import { lifeOf } from '../../src/iam/test/support/user-life';
import { DynamoDbMeter } from './dynamodb-meter';

/** The most write requests that one event costs a row of its own aggregate, and the rows of another that it changes. */
export async function countProjectionWrites(): Promise<{ own: number; foreign: number }> {
  const cloud = await startTestCloud();

  try {
    const dynamodb = new DynamoDBClient({});
    const meter = new DynamoDbMeter(dynamodb);
    const app = new ApplicationContainer(CONTEXTS, dynamodb);
    const log = new InMemoryEventLog();
    const life = lifeOf(randomUUID(), randomUUID());

    await log.append(life);
    const own = await mostWrites(new UserProjectionHandler(log, app.get(UserProjectionRepository)), life, meter);
    const foreign = await mostWrites(
      new MembershipHandler(log, app.get(MembershipRepository)),
      life.slice(1, -1),
      meter,
    );

    dynamodb.destroy();
    return { own, foreign };
  } finally {
    await cloud.stop();
  }
}

/** Hands a handler its events one after the other. */
async function mostWrites(handler: EventHandler, events: readonly Event[], meter: DynamoDbMeter): Promise<number> {
  let most = 0;

  for (const event of events) {
    await handler.handle(event);
    most = Math.max(most, meter.take().writes);
  }
  return most;
}
