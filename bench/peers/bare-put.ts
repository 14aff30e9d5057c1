import { randomUUID } from 'node:crypto';

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

import { itemOf, lifeOf } from './ours';
import type { CommandSide } from './side';

/** The floor: the SDK alone puts an item like those of our log into our log, on condition that it is new. */
export class BarePut implements CommandSide {
  readonly client = new DynamoDBClient({});
  private readonly item = lifeOf(randomUUID(), 2).map(itemOf)[1];
  private readonly versions = new Map<string, number>();

  write(id: string, length: number): Promise<void> {
    this.versions.set(id, length);
    return Promise.resolve();
  }

  async rename(id: string): Promise<void> {
    const version = (this.versions.get(id) ?? 0) + 1;

    await this.client.send(
      new PutItemCommand({
        TableName: 'EventLog',
        Item: { ...this.item, id: { S: id }, $version: { N: String(version) } },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
    this.versions.set(id, version);
  }
}
