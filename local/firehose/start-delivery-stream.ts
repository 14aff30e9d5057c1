import { KinesisClient } from '@aws-sdk/client-kinesis';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { KinesisStreamRecord } from 'aws-lambda';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { KinesisStreamReader } from '../mappings/kinesis-stream-reader.ts';
import { readShard } from '../mappings/read-shard.ts';
import { untilAnswered } from '../mappings/retry.ts';
import { configuration } from '../mappings/start-mapping.ts';
import { type ConsumeShard, StreamFollower } from '../mappings/stream-follower.ts';
import { type Running, untilStopped } from '../mappings/until-stopped.ts';
import type { DeliveryStreamModel, Endpoints } from '../model.ts';
import { objectKey } from './object-key.ts';
import { type BufferedRecord, RecordBuffer } from './record-buffer.ts';

/** Firehose asks a shard for records once a second. */
const POLL_MILLISECONDS = 1_000;
const READ_AT_ONCE = 10_000;

const compress = promisify(gzip);

/** Writes a Kinesis stream's records to a bucket as Firehose does, until it is stopped: then it writes what it has read. */
export function startDeliveryStream(model: DeliveryStreamModel, endpoints: Endpoints): Running {
  return untilStopped((signal) => run(model, endpoints, signal));
}

async function run(model: DeliveryStreamModel, endpoints: Endpoints, signal: AbortSignal): Promise<void> {
  const { streamArn, buffering } = model;
  const kinesis = new KinesisClient(configuration(endpoints.kinesis, streamArn));
  const s3 = new S3Client({ ...configuration(endpoints.s3, streamArn), forcePathStyle: true });
  const buffer = new RecordBuffer(buffering, (records) => putObject(records, { model, s3, signal }));
  const consume: ConsumeShard = async (reading) => {
    for await (const records of readShard({ ...reading, limit: READ_AT_ONCE, patience: POLL_MILLISECONDS })) {
      for (const { eventRecord, arrivedAt } of records) {
        const { kinesis } = eventRecord as KinesisStreamRecord;
        buffer.push({ data: Buffer.from(kinesis.data, 'base64'), arrivedAt });
      }
      await buffer.room(signal);
    }
  };
  const reader = new KinesisStreamReader(kinesis, streamArn, streamArn);
  // Firehose begins with the latest record of when it is created: here, that is the stream's first.
  await new StreamFollower(streamArn, reader, consume, signal).run('TRIM_HORIZON');
  await buffer.finish();
}

/** Tries until S3 has taken the object; gives it up only where that has not happened when the local cloud stops. */
async function putObject(
  records: readonly BufferedRecord[],
  { model, s3, signal }: { model: DeliveryStreamModel; s3: S3Client; signal: AbortSignal },
): Promise<void> {
  const delimiter = Buffer.from(model.delimiter);
  const content = Buffer.concat(records.flatMap(({ data }) => [data, delimiter]));
  const oldest = records.reduce((least, { arrivedAt }) => Math.min(least, arrivedAt), Infinity);
  const put = new PutObjectCommand({
    Bucket: model.bucket,
    Key: objectKey(model, new Date(oldest)),
    Body: model.gzip ? await compress(content) : content,
  });
  if (!(await untilAnswered(`${model.name}, writing to ${model.bucket},`, () => s3.send(put), signal))) {
    console.error(`${model.name} gives up ${records.length} record(s) that ${model.bucket} does not take.`);
  }
}
