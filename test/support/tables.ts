import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

// Requests per BatchWriteItem.
const MAXIMUM_DELETIONS = 25;

export type Row = Readonly<Record<string, unknown>>;

/** All rows of a table that fits one page, ordered by their key. */
export async function rowsOf(documents: DynamoDBDocumentClient, table: string): Promise<Row[]> {
  const key = await keyOf(documents, table);
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  const position = (row: Row) => key.map((name) => String(row[name]).padStart(3, '0')).join();

  return Items.toSorted((one, other) => (position(one) < position(other) ? -1 : 1));
}

/** Empties tables: every run starts from nothing and may use the same ids as the one before. */
export async function empty(documents: DynamoDBDocumentClient, ...tables: readonly string[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      const key = await keyOf(documents, table);
      const keys = (await rowsOf(documents, table)).map((row) =>
        Object.fromEntries(key.map((name) => [name, row[name]])),
      );

      for (let start = 0; start < keys.length; start += MAXIMUM_DELETIONS) {
        const deletions = keys.slice(start, start + MAXIMUM_DELETIONS).map((Key) => ({ DeleteRequest: { Key } }));

        await documents.send(new BatchWriteCommand({ RequestItems: { [table]: deletions } }));
      }
    }),
  );
}

/** Attributes of a table's key, by the table's name: the partition key first. */
const KEYS = new Map<string, readonly string[]>();

async function keyOf(documents: DynamoDBDocumentClient, table: string): Promise<readonly string[]> {
  const known = KEYS.get(table);

  if (known) {
    return known;
  }
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }));
  const key = Table!.KeySchema!.map(({ AttributeName }) => AttributeName!);

  KEYS.set(table, key);
  return key;
}
