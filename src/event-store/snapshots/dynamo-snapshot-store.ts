import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

import type { Logger } from '../../shared-kernel/logging/logger';
import { refusalsOf } from '../dynamo/refusals';
import type { Uuid } from '../events/event';
import type { Snapshot } from './snapshot';
import type { SnapshotStore } from './snapshot-store';

/** A snapshot as it is stored: the table has always called the aggregate type `scope`. */
type SnapshotItem = Omit<Snapshot, 'aggregateType'> & { readonly scope: string };

/** Snapshots in DynamoDB: one item for each aggregate. */
export class DynamoSnapshotStore implements SnapshotStore {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly logger: Logger,
  ) {}

  /** Reads eventually consistent, at half the price: with an older snapshot, or none, more events are read. */
  async find(id: Uuid): Promise<Snapshot | undefined> {
    try {
      const { Item } = await this.client.send(new GetCommand({ TableName: this.table, Key: { id } }));

      return Item && toSnapshot(Item as SnapshotItem);
    } catch (error) {
      this.logger.warn('No snapshot could be read: the whole log is read instead.', {
        aggregateId: id,
        error,
      });
      return undefined;
    }
  }

  async save(snapshot: Snapshot): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.table,
          Item: toItem(snapshot),
          ConditionExpression: 'attribute_not_exists(#id) OR #version < :version OR #stateVersion <> :stateVersion',
          ExpressionAttributeNames: { '#id': 'id', '#version': 'version', '#stateVersion': 'stateVersion' },
          ExpressionAttributeValues: { ':version': snapshot.version, ':stateVersion': snapshot.stateVersion },
        }),
      );
    } catch (error) {
      // A snapshot that is as new is there already.
      if (!refusalsOf(error)) {
        throw error;
      }
    }
  }
}

function toItem({ aggregateType, ...snapshot }: Snapshot): SnapshotItem {
  return { ...snapshot, scope: aggregateType };
}

function toSnapshot({ scope, ...item }: SnapshotItem): Snapshot {
  return { ...item, aggregateType: scope };
}
