import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';

import { movesFrom, onCheckpoint } from '../dynamo/checkpoint-condition';
import type { Uuid } from '../events/event';
import type { Filter, Page, PageRequest } from './page';
import type { Projection } from './projection';
import type { ProjectionRepository } from './projection.repository';

const MAXIMUM_EXAMINED = 10_000;

/** A projection's rows in a DynamoDB table with the key `id`. */
export class DynamoProjectionRepository<TProjection extends Projection> implements ProjectionRepository<TProjection> {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly type: new () => TProjection,
  ) {}

  async get(id: Uuid): Promise<TProjection | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { id }, ConsistentRead: true }),
    );

    return Item && this.toProjection(Item);
  }

  async list({ limit, cursor }: PageRequest, filter?: Filter): Promise<Page<TProjection>> {
    const items: TProjection[] = [];
    let position = cursor;
    let examined = 0;

    do {
      // One more than the limit tells whether there is a next page; without a filter every row examined is a result.
      const size = filter ? MAXIMUM_EXAMINED - examined : limit + 1 - items.length;
      const { Items = [], ScannedCount = 0, LastEvaluatedKey } = await this.scan(size, position, filter);

      items.push(...Items.map((item) => this.toProjection(item)));
      examined += ScannedCount;
      position = LastEvaluatedKey?.id as string | undefined;
    } while (position !== undefined && items.length <= limit && examined < MAXIMUM_EXAMINED);

    return items.length > limit
      ? { items: items.slice(0, limit), nextCursor: items[limit - 1]?.id }
      : { items, nextCursor: position };
  }

  async save(projection: TProjection, checkpoint: number): Promise<void> {
    await onCheckpoint(
      this.client.send(new PutCommand({ TableName: this.table, Item: { ...projection }, ...movesFrom(checkpoint) })),
    );
  }

  async remove(id: Uuid): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.table, Key: { id } }));
  }

  private scan(size: number, after: string | undefined, filter: Filter | undefined): Promise<ScanCommandOutput> {
    return this.client.send(
      new ScanCommand({
        TableName: this.table,
        Limit: size,
        ...(after !== undefined && { ExclusiveStartKey: { id: after } }),
        ...(filter && {
          FilterExpression: 'contains(#property, :value)',
          ExpressionAttributeNames: { '#property': filter.property },
          ExpressionAttributeValues: { ':value': filter.value },
        }),
      }),
    );
  }

  private toProjection(item: Record<string, unknown>): TProjection {
    return Object.assign(new this.type(), item);
  }
}
