import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard as DynamoShard,
  type _Record as DynamoRecord,
} from '@aws-sdk/client-dynamodb-streams';

import { regionOf } from './arn.ts';
import type { Page, Position, Shard, StreamReader, StreamRecord } from './stream-reader.ts';

/** DynamoDB's limit for one GetRecords. */
const MAXIMUM_RECORDS = 1_000;

/** The stream of a DynamoDB table. */
export class DynamoDbStreamReader implements StreamReader {
  /** Who writes to the table past the functions does not wait much longer; Lambda polls four times a second. */
  readonly pauses = { shortest: 20, longest: 100 };
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;
  readonly #eventSourceArn: string;

  constructor(client: DynamoDBStreamsClient, streamArn: string, eventSourceArn: string) {
    this.#client = client;
    this.#streamArn = streamArn;
    this.#eventSourceArn = eventSourceArn;
  }

  async shards(): Promise<readonly Shard[]> {
    const shards: DynamoShard[] = [];
    let last: string | undefined;
    do {
      const input = { StreamArn: this.#streamArn, ExclusiveStartShardId: last };
      const { StreamDescription } = await this.#client.send(new DescribeStreamCommand(input));
      shards.push(...(StreamDescription?.Shards ?? []));
      last = StreamDescription?.LastEvaluatedShardId;
    } while (last !== undefined);
    return shards.map(({ ShardId = '', ParentShardId }) => ({
      id: ShardId,
      parentIds: ParentShardId === undefined ? [] : [ParentShardId],
    }));
  }

  async iterator(shardId: string, position: Position): Promise<string> {
    const { ShardIterator = '' } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamArn: this.#streamArn,
        ShardId: shardId,
        ...(typeof position === 'string'
          ? { ShardIteratorType: position }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.after }),
      }),
    );
    return ShardIterator;
  }

  async read(_shardId: string, iterator: string, limit: number): Promise<Page> {
    const input = { ShardIterator: iterator, Limit: Math.min(limit, MAXIMUM_RECORDS) };
    const { Records = [], NextShardIterator } = await this.#client.send(new GetRecordsCommand(input));
    return { records: Records.map((record) => this.#streamRecord(record)), next: NextShardIterator };
  }

  #streamRecord(record: DynamoRecord): StreamRecord {
    const { SequenceNumber = '', ApproximateCreationDateTime, Keys = {} } = record.dynamodb ?? {};
    return {
      sequenceNumber: SequenceNumber,
      arrivedAt: ApproximateCreationDateTime?.getTime() ?? Date.now(),
      orderingKey: JSON.stringify(Object.entries(lambdaJson(Keys) as object).sort()),
      eventRecord: this.#eventRecord(record),
    };
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html shows the shape. */
  #eventRecord({ dynamodb, userIdentity, ...record }: DynamoRecord): object {
    return {
      ...record,
      // The engine writes its own name here.
      awsRegion: regionOf(this.#eventSourceArn),
      dynamodb: lambdaJson(dynamodb),
      ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
      eventSourceARN: this.#eventSourceArn,
    };
  }
}

/** Lambda's JSON of what the SDK has parsed: times in whole seconds since the epoch, binaries in base64. */
function lambdaJson(value: unknown): unknown {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(lambdaJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lambdaJson(inner)]));
}
