import { movesFrom } from '../dynamo/checkpoint-condition';
import type { Uuid } from '../events/event';
import type { Checkpoint, RowChange, RowKey } from './multi-stream-projection.repository';

/** Where the rows of a multi-stream projection are kept. */
export interface MultiStreamProjectionTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Which of the two keys is the id of the aggregate that is followed. */
  readonly aggregateKey: string;
  /** Name of the checkpoints' table, key `handler` + `id`. */
  readonly checkpoints: string;
}

/** The key of the row that a change is about. */
export function keyOf(change: RowChange, { partitionKey, sortKey }: MultiStreamProjectionTable): RowKey {
  const row: Readonly<Record<string, unknown>> = 'put' in change ? change.put : change.remove;

  return { [partitionKey]: row[partitionKey] as Uuid, [sortKey]: row[sortKey] as Uuid };
}

/** The write of a transaction that makes a change. */
export function rowWrite(change: RowChange, { name }: MultiStreamProjectionTable) {
  return 'put' in change
    ? { Put: { TableName: name, Item: change.put } }
    : { Delete: { TableName: name, Key: change.remove } };
}

/** The write of a transaction that removes a checkpoint, if it still stands where it stood. */
export function checkpointRemoval(
  { handler, id, from }: Checkpoint & { readonly from: number },
  { checkpoints }: MultiStreamProjectionTable,
) {
  return { Delete: { TableName: checkpoints, Key: { handler, id }, ...movesFrom(from) } };
}
