import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

// Requests per BatchWriteItem.
const MAXIMUM_DELETIONS = 25;

/** The key of each table, by the table's name. */
const KEYS = {
  EventLog: ['id', '$version'],
  'set-validations': ['constraint'],
  'projection-user': ['id'],
  'projection-roles': ['id'],
  'projection-role-users': ['roleId', 'userId'],
  'projection-checkpoints': ['handler', 'id'],
  'projection-accounts': ['id'],
  'projection-branches': ['id'],
  'projection-portfolios': ['owner', 'accountId'],
} as const satisfies Record<string, readonly string[]>;

export type Table = keyof typeof KEYS;

export type Row = Readonly<Record<string, unknown>>;

/** All rows of a table that fits one page, ordered by their key. */
export async function rowsOf(documents: DynamoDBDocumentClient, table: Table): Promise<Row[]> {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  const position = (row: Row) => KEYS[table].map((name) => String(row[name]).padStart(3, '0')).join();

  return Items.toSorted((one, other) => (position(one) < position(other) ? -1 : 1));
}

/** Empties tables: every run starts from nothing and may use the same ids as the one before. */
export async function empty(documents: DynamoDBDocumentClient, ...tables: readonly Table[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      const keys = (await rowsOf(documents, table)).map((row) =>
        Object.fromEntries(KEYS[table].map((name) => [name, row[name]])),
      );

      for (let start = 0; start < keys.length; start += MAXIMUM_DELETIONS) {
        const deletions = keys.slice(start, start + MAXIMUM_DELETIONS).map((Key) => ({ DeleteRequest: { Key } }));

        await documents.send(new BatchWriteCommand({ RequestItems: { [table]: deletions } }));
      }
    }),
  );
}
