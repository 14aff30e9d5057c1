import type { PutCommandInput, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

import { toItem } from '../../src/event-store/events/event-item';
import { without } from './channels';
import type { Said } from './execution';
import { LOG } from './small-log';
import type { State } from './state';
import { numberOfRow, rowOf } from './texts';

type Tables = State['tables'];
type Row = Record<string, unknown>;
type Put = Pick<PutCommandInput, 'TableName' | 'Item' | 'ConditionExpression' | 'ExpressionAttributeValues'>;
type Condition = Omit<Put, 'Item'> & { readonly key: Row | undefined };

const KEYS: Readonly<Record<string, readonly string[]>> = {
  projectionAccountsTable: ['id'],
  portfoliosTable: ['owner', 'accountId'],
  checkpointsTable: ['handler', 'id'],
};
const REFUSED = 'ConditionalCheckFailed';

/** What DynamoDB answers, and the tables after it. The log is read only. */
export function askTables(
  tables: Tables,
  command: string,
  input: Row,
): { readonly tables: Tables; readonly said: Said } {
  switch (command) {
    case 'GetItemCommand':
      return { tables, said: { output: { Item: find(tables, input.TableName as string, input.Key as Row) } } };
    case 'QueryCommand':
      return { tables, said: { output: { Items: queryLog(input as unknown as QueryCommandInput) } } };
    case 'ScanCommand':
      return { tables, said: { output: { Items: scan(tables, input.TableName as string) } } };
    case 'PutItemCommand':
      return putItem(tables, input as unknown as Put);
    case 'DeleteItemCommand':
      return { tables: remove(tables, input.TableName as string, input.Key as Row), said: { output: {} } };
    case 'TransactWriteItemsCommand':
      return transact(tables, (input as unknown as TransactWriteCommandInput).TransactItems ?? []);
    default:
      throw new Error(`The world has no ${command}.`);
  }
}

function putItem(tables: Tables, put: Put): ReturnType<typeof askTables> {
  return holds(tables, { ...put, key: put.Item })
    ? { tables: write(tables, put), said: { output: {} } }
    : { tables, said: { error: { name: `${REFUSED}Exception` } } };
}

function transact(tables: Tables, items: NonNullable<TransactWriteCommandInput['TransactItems']>) {
  const conditions = items.map(({ Put, Delete }) => ({ ...(Put ?? Delete)!, key: Put?.Item ?? Delete?.Key }));
  const reasons = conditions.map((condition) => ({ Code: holds(tables, condition) ? 'None' : REFUSED }));

  if (reasons.some(({ Code }) => Code === REFUSED)) {
    return { tables, said: { error: { name: 'TransactionCanceledException', CancellationReasons: reasons } } };
  }
  const changed = items.reduce(
    (all, { Put, Delete }) => (Put ? write(all, Put) : Delete ? remove(all, Delete.TableName!, Delete.Key!) : all),
    tables,
  );

  return { tables: changed, said: { output: {} } };
}

/** The two conditions of `movesFrom`; a write without one is always taken. */
function holds(
  tables: Tables,
  { TableName = '', key = {}, ConditionExpression, ExpressionAttributeValues }: Condition,
): boolean {
  const version = find(tables, TableName, key)?.version;

  switch (ConditionExpression) {
    case undefined:
      return true;
    case 'attribute_not_exists(#version)':
      return version === undefined;
    case '#version = :checkpoint':
      return version === ExpressionAttributeValues?.[':checkpoint'];
    default:
      throw new Error(`The world does not know the condition ${ConditionExpression}.`);
  }
}

function keyOf(table: string, row: Row): string {
  return KEYS[table]!.map((name) => row[name]).join(' ');
}

function find(tables: Tables, table: string, key: Row): Row | undefined {
  const row = tables[table]?.[keyOf(table, key)];

  return row === undefined ? undefined : rowOf(row);
}

function write(tables: Tables, { TableName = '', Item = {} }: Put): Tables {
  return { ...tables, [TableName]: { ...tables[TableName], [keyOf(TableName, Item)]: numberOfRow(Item) } };
}

function remove(tables: Tables, table: string, key: Row): Tables {
  return { ...tables, [table]: without(tables[table] ?? {}, keyOf(table, key)) };
}

function queryLog({ ExpressionAttributeValues: { ':id': id, ':from': from, ':to': to } = {} }: QueryCommandInput) {
  const range = LOG.filter(
    (event) => event.id === id && event.$version >= Number(from) && event.$version <= Number(to),
  );

  return plain(range.map(toItem));
}

function scan(tables: Tables, table: string) {
  const log = () => plain(LOG.map(toItem).toSorted((one, other) => one.id.localeCompare(other.id)));

  return table === 'eventLogTable' ? log() : Object.values(tables[table] ?? {}).map(rowOf);
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
