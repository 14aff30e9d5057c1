import { CreateTableCommand, DeleteItemCommand, PutItemCommand, type StreamViewType } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

import type { StreamMappingModel } from '../../local/model.ts';
import { type Engines, startEmptyEngines } from '../support/engines';
import { MappedFunction } from '../support/mapped-function';

const SUCCEEDS = 'exports.handler = async () => undefined;';
const EVENT_SOURCE_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Things/stream/2026-01-01T00:00:00.000';

let engines: Engines;
let log: jest.SpyInstance;
let tables = 0;
const running: MappedFunction<DynamoDBRecord>[] = [];
/** A stop takes up to a second; the next test does not wait for it. */
const stopping: Promise<void>[] = [];

beforeAll(async () => {
  log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  engines = await startEmptyEngines();
});

afterEach(() => {
  stopping.push(...running.splice(0).map((each) => each.stop()));
});

afterAll(async () => {
  await Promise.all(stopping);
  await engines.stop();
  log.mockRestore();
});

interface Table {
  readonly streamArn: string;
  put(id: string, version: number): Promise<unknown>;
  remove(id: string, version: number): Promise<unknown>;
}

async function createTable(StreamViewType: StreamViewType): Promise<Table> {
  const TableName = `table-${(tables += 1)}`;
  const { dynamodb } = engines.clients;
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'version', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'version', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    }),
  );
  const key = (id: string, version: number): { id: { S: string }; version: { N: string } } => ({
    id: { S: id },
    version: { N: String(version) },
  });
  return {
    streamArn: TableDescription?.LatestStreamArn ?? '',
    put: (id, version) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: { ...key(id, version), data: { B: Buffer.from('ü') } } })),
    remove: (id, version) => dynamodb.send(new DeleteItemCommand({ TableName, Key: key(id, version) })),
  };
}

function map(
  { streamArn }: Table,
  source: string,
  changes: Partial<StreamMappingModel> = {},
): MappedFunction<DynamoDBRecord> {
  const mapping: StreamMappingModel = {
    id: 'FunctionStream',
    functionId: 'Function',
    kind: 'dynamodb',
    streamArn,
    eventSourceArn: EVENT_SOURCE_ARN,
    batchSize: 100,
    batchingWindowSeconds: 0,
    reportBatchItemFailures: false,
    startingPosition: 'TRIM_HORIZON',
    parallelizationFactor: 1,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    onFailureQueueArn: undefined,
    ...changes,
  };
  const mapped = new MappedFunction<DynamoDBRecord>(mapping, engines.endpoints, source);
  running.push(mapped);
  return mapped;
}

function change({ eventName, dynamodb }: DynamoDBRecord): string {
  return `${eventName ?? ''} ${dynamodb?.Keys?.version?.N ?? ''}`;
}

describe('DynamoDB event source mapping', () => {
  it('given changes of an item, when it starts at TRIM_HORIZON, then the function gets them as Lambda shows them', async () => {
    const table = await createTable('NEW_AND_OLD_IMAGES');
    await table.put('a', 1);
    await table.remove('a', 1);
    const mapped = map(table, SUCCEEDS);
    const changes = [['INSERT 1', 'REMOVE 1']];
    await expect(mapped.eventsOf(change, changes)).resolves.toEqual(changes);
    const [insert, remove] = mapped.events[0]?.Records ?? [];
    const image = { id: { S: 'a' }, version: { N: '1' }, data: { B: 'w7w=' } };
    expect(insert).toEqual({
      eventID: expect.any(String) as string,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.closeTo(Date.now() / 1000, -2) as number,
        Keys: { id: { S: 'a' }, version: { N: '1' } },
        NewImage: image,
        SequenceNumber: expect.stringMatching(/^\d+$/) as string,
        SizeBytes: expect.any(Number) as number,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: EVENT_SOURCE_ARN,
    });
    expect(Number.isInteger(insert?.dynamodb?.ApproximateCreationDateTime)).toBe(true);
    expect(remove?.dynamodb?.OldImage).toEqual(image);
  });

  it('given many records, when they are read in pages, then they come in the order of the stream', async () => {
    const table = await createTable('KEYS_ONLY');
    const versions = Array.from({ length: 25 }, (_, index) => index + 1);
    for (const version of versions) await table.put('a', version);
    const mapped = map(table, SUCCEEDS, { batchSize: 10 });
    const changes = [versions.slice(0, 10), versions.slice(10, 20), versions.slice(20)].map((some) =>
      some.map((version) => `INSERT ${version}`),
    );
    await expect(mapped.eventsOf(change, changes)).resolves.toEqual(changes);
  });

  it('given a failure that is reported, when it is retried, then the batch begins with that record', async () => {
    const table = await createTable('NEW_IMAGE');
    for (const version of [1, 2, 3]) await table.put('a', version);
    const source = `
let failed = false;
exports.handler = async ({ Records }) => {
  if (failed) return { batchItemFailures: [] };
  failed = true;
  return { batchItemFailures: [{ itemIdentifier: Records[1].dynamodb.SequenceNumber }] };
};`;
    const mapped = map(table, source, { reportBatchItemFailures: true });
    const changes = [
      ['INSERT 1', 'INSERT 2', 'INSERT 3'],
      ['INSERT 2', 'INSERT 3'],
    ];
    await expect(mapped.eventsOf(change, changes)).resolves.toEqual(changes);
  });
});
