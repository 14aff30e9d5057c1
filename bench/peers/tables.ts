import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type KeySchemaElement,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';

const BATCH = 25; // items: what a BatchWriteItem takes
const IN_FLIGHT = 4;

/** Creates a table that is paid by the request. */
export async function createTable(
  client: DynamoDBClient,
  input: Omit<CreateTableCommandInput, 'BillingMode'>,
): Promise<void> {
  await client.send(new CreateTableCommand({ ...input, BillingMode: 'PAY_PER_REQUEST' }));
}

/** A partition key and a sort key. */
export function keys(partition: string, sort: string): KeySchemaElement[] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

/** Takes a table's stream away; its items stay. */
export async function stopStream(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(new UpdateTableCommand({ TableName: table, StreamSpecification: { StreamEnabled: false } }));
}

/** Writes items without conditions, many at a time. */
export async function writeAll(
  client: DynamoDBClient,
  table: string,
  items: readonly Record<string, AttributeValue>[],
): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  const batches = Array.from({ length: Math.ceil(requests.length / BATCH) }, (_, index) =>
    requests.slice(index * BATCH, (index + 1) * BATCH),
  );

  for (let first = 0; first < batches.length; first += IN_FLIGHT) {
    await Promise.all(
      batches.slice(first, first + IN_FLIGHT).map(async (batch) => {
        const { UnprocessedItems = {} } = await client.send(
          new BatchWriteItemCommand({ RequestItems: { [table]: batch } }),
        );

        if (Object.keys(UnprocessedItems).length > 0) {
          throw new Error(`Expected all ${batch.length} items to be written to ${table}.`);
        }
      }),
    );
  }
}
