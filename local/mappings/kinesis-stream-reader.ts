import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard as KinesisShard,
  type _Record as KinesisRecord,
} from '@aws-sdk/client-kinesis';

import { regionOf } from './arn.ts';
import type { Page, Position, Shard, StreamReader, StreamRecord } from './stream-reader.ts';

/** Kinesis' limit for one GetRecords. */
const MAXIMUM_RECORDS = 10_000;

/** A Kinesis data stream. An enhanced fan-out consumer reads the same records, only through another call. */
export class KinesisStreamReader implements StreamReader {
  /** A quiet shard as Lambda does: it is functions that write here. A poll costs the local engine some 7 ms of its one thread. */
  readonly pauses = { shortest: 40, longest: 1_000 };
  readonly #client: KinesisClient;
  readonly #streamArn: string;
  readonly #eventSourceArn: string;

  constructor(client: KinesisClient, streamArn: string, eventSourceArn: string) {
    this.#client = client;
    this.#streamArn = streamArn;
    this.#eventSourceArn = eventSourceArn;
  }

  async shards(): Promise<readonly Shard[]> {
    const shards: KinesisShard[] = [];
    let next: string | undefined;
    do {
      // A further page is asked for by its token alone.
      const input = next === undefined ? { StreamARN: this.#streamArn } : { NextToken: next };
      const { Shards = [], NextToken } = await this.#client.send(new ListShardsCommand(input));
      shards.push(...Shards);
      next = NextToken;
    } while (next !== undefined);
    return shards.map(({ ShardId = '', ParentShardId, AdjacentParentShardId }) => ({
      id: ShardId,
      parentIds: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
    }));
  }

  async iterator(shardId: string, position: Position): Promise<string> {
    const { ShardIterator = '' } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamARN: this.#streamArn,
        ShardId: shardId,
        ...(typeof position === 'string'
          ? { ShardIteratorType: position }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: position.after }),
      }),
    );
    return ShardIterator;
  }

  async read(shardId: string, iterator: string, limit: number): Promise<Page> {
    const input = { ShardIterator: iterator, StreamARN: this.#streamArn, Limit: Math.min(limit, MAXIMUM_RECORDS) };
    const { Records = [], NextShardIterator } = await this.#client.send(new GetRecordsCommand(input));
    return { records: Records.map((record) => this.#streamRecord(shardId, record)), next: NextShardIterator };
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html shows the event's shape. */
  #streamRecord(shardId: string, record: KinesisRecord): StreamRecord {
    const { SequenceNumber = '', PartitionKey = '', Data = new Uint8Array(), ApproximateArrivalTimestamp } = record;
    const arrivedAt = ApproximateArrivalTimestamp?.getTime() ?? Date.now();
    return {
      sequenceNumber: SequenceNumber,
      arrivedAt,
      orderingKey: PartitionKey,
      eventRecord: {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: PartitionKey,
          sequenceNumber: SequenceNumber,
          data: Buffer.from(Data).toString('base64'),
          approximateArrivalTimestamp: arrivedAt / 1000,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `${shardId}:${SequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::000000000000:role/lambda',
        awsRegion: regionOf(this.#eventSourceArn),
        eventSourceARN: this.#eventSourceArn,
      },
    };
  }
}
