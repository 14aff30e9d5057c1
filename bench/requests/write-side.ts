import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Command } from '@node-ts/bus-messages';

import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import { CONTEXT } from '../../test/support/events';
import { DynamoDbMeter, type DynamoDbUse } from './dynamodb-meter';

/** Instances of the functions that take commands. */
export class WriteSide {
  private readonly dynamodb = new DynamoDBClient({});
  private readonly meter = new DynamoDbMeter(this.dynamodb);
  private app = new ApplicationContainer(CONTEXTS, this.dynamodb);

  /** Hands a command, which appends one event, to the instance that had the last one. */
  async take(command: Command): Promise<void> {
    await this.app.dispatch(command, CONTEXT);
  }

  /** Forgets the instance: the next has nothing cached. */
  forget(): void {
    this.app = new ApplicationContainer(CONTEXTS, this.dynamodb);
  }

  /** Answers what DynamoDB was asked for so far, and counts from nothing again. */
  used(): DynamoDbUse {
    return this.meter.take();
  }

  close(): void {
    this.dynamodb.destroy();
  }
}
