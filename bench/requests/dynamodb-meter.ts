import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

const WRITES = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand']);

/** A transaction has one for each table. */
interface Answer {
  readonly ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

/** What has been asked of DynamoDB. */
export interface DynamoDbUse {
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Requests one after the other; those that overlap count as one. */
  readonly roundTrips: number;
}

/** Counts what goes through a client: requests, and the units that the engine says they consumed, by DynamoDB's rules. */
export class DynamoDbMeter {
  private use = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0, roundTrips: 0 };
  private underWay = 0;

  constructor(client: DynamoDBClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
          const result = await this.during(() => next(args), WRITES.has(commandName));

          this.addUnits(WRITES.has(commandName), result.output as Answer);
          return result;
        },
      { step: 'initialize', name: 'meter' },
    );
  }

  /** Answers what was counted so far, and counts from nothing again. */
  take(): DynamoDbUse {
    const taken = this.use;

    this.use = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0, roundTrips: 0 };
    return taken;
  }

  private async during<T>(request: () => Promise<T>, isWrite: boolean): Promise<T> {
    this.use[isWrite ? 'writes' : 'reads']++;
    this.use.roundTrips += this.underWay === 0 ? 1 : 0;
    this.underWay++;
    try {
      return await request();
    } catch (error) {
      // A put that is refused is paid for by the size of what is there: one unit below 1 KB, as all of it is here.
      this.use.writeUnits += isWrite ? 1 : 0;
      throw error;
    } finally {
      this.underWay--;
    }
  }

  private addUnits(isWrite: boolean, { ConsumedCapacity: consumed = [] }: Answer): void {
    const units = [consumed].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

    this.use[isWrite ? 'writeUnits' : 'readUnits'] += units;
  }
}
