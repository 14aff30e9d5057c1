import { setTimeout as sleep } from 'node:timers/promises';

import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';

import { KinesisStreamReader } from '../../local/mappings/kinesis-stream-reader.ts';
import type { Engine } from './engine';
import { inBatches } from '../support/in-batches';
import { readAll } from './read-all';
import type { RunningCloud } from './running-cloud';

/** What the adaptor gets at once, and with events of different aggregates puts at once. */
const PUT = { size: 100, atOnce: 1 };
/** The mappings' batch sizes: the broker's and the Snapshotter's. */
const READS = [100, 1_000];

const STREAM = 'bench-stream';

/** Puts the events, and reads them once for each of the stream's consumers. */
export async function kinesisAlone({ clients: { kinesis } }: RunningCloud): Promise<Engine> {
  await kinesis.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 1 }));
  const arn = await active(kinesis);
  const reads = await Promise.all(READS.map((limit) => readAll(new KinesisStreamReader(kinesis, arn, arn), limit)));

  return {
    take: async (events) => {
      await inBatches(events, PUT, (batch) =>
        kinesis.send(
          new PutRecordsCommand({
            StreamName: STREAM,
            Records: batch.map((event) => ({ PartitionKey: event.id, Data: Buffer.from(JSON.stringify(event)) })),
          }),
        ),
      );
      await Promise.all(reads.map((read) => read(events.length)));
    },
  };
}

/** The stream's ARN, once it can be used. */
async function active(kinesis: KinesisClient): Promise<string> {
  for (;;) {
    const { StreamDescriptionSummary: stream } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: STREAM }),
    );

    if (stream?.StreamStatus === 'ACTIVE') {
      return stream.StreamARN ?? '';
    }
    await sleep(20);
  }
}
