import { CreateStreamCommand, PutRecordCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';

import { RecordBuffer } from '../../local/firehose/record-buffer.ts';
import { startDeliveryStream } from '../../local/firehose/start-delivery-stream.ts';
import type { Running } from '../../local/mappings/until-stopped.ts';
import type { DeliveryStreamModel } from '../../local/model.ts';
import { poll } from '../../local/poll.ts';
import { type Engines, startEmptyEngines } from '../support/engines';

const SOON = { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 };

let engines: Engines;
let running: Running | undefined;
let name = '';
let runs = 0;

beforeAll(async () => {
  engines = await startEmptyEngines();
});

beforeEach(async () => {
  name = `archive-${(runs += 1)}`;
  await engines.clients.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
});

afterEach(async () => {
  await running?.stop();
});

afterAll(() => engines.stop());

const createBucket = () => engines.clients.s3.send(new CreateBucketCommand({ Bucket: name }));

function start(changes: Partial<DeliveryStreamModel> = {}): Running {
  running = startDeliveryStream(
    {
      name,
      streamArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`,
      bucket: name,
      prefix: 'date=!{timestamp:yyyy-MM-dd}/',
      extension: '.gz',
      gzip: true,
      delimiter: '\n',
      buffering: { seconds: 0, bytes: 1024 },
      ...changes,
    },
    engines.endpoints,
  );
  return running;
}

async function put(...texts: string[]): Promise<void> {
  for (const text of texts) {
    const record = { StreamName: name, Data: Buffer.from(text), PartitionKey: text };
    const sent = await poll(
      () => engines.clients.kinesis.send(new PutRecordCommand(record)).catch(() => undefined),
      SOON,
    );
    expect(sent).toBeDefined();
  }
}

async function objects(): Promise<Record<string, Buffer>> {
  const { s3 } = engines.clients;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name }));
  const bodies = Contents.map(async ({ Key = '' }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key }));
    return [Key, Buffer.from(await Body!.transformToByteArray())] as const;
  });
  return Object.fromEntries(await Promise.all(bodies));
}

/** All records, in the order of the objects' names, as soon as there are as many; else as they are after 10 s. */
async function lines(count: number): Promise<string[]> {
  let found: string[] = [];
  const look = async (): Promise<true | undefined> => {
    found = Object.values(await objects()).flatMap((body) => gunzipSync(body).toString().split('\n').slice(0, -1));
    return found.length >= count || undefined;
  };
  await poll(look, SOON);
  return found;
}

describe('a delivery stream', () => {
  it('writes what is in the stream and what comes, once each, under names as Firehose makes them', async () => {
    await createBucket();
    await put('one', 'two');
    start();
    expect(await lines(2)).toEqual(['one', 'two']);
    await put('three');
    expect((await lines(3)).toSorted()).toEqual(['one', 'three', 'two']);
    const keys = Object.keys(await objects());
    expect(keys).toHaveLength(2);
    for (const key of keys)
      expect(key).toMatch(
        new RegExp(`^date=(\\d{4}-\\d\\d-\\d\\d)/${name}-1-\\1-\\d\\d-\\d\\d-\\d\\d-[-\\da-f]{36}\\.gz$`),
      );
  });

  it('given an interval that is not over, when it stops, then writes what it has read', async () => {
    const pushed = jest.spyOn(RecordBuffer.prototype, 'push');
    await createBucket();
    const stream = start({ buffering: { seconds: 900, bytes: 1024 } });
    await put('one');
    await poll(() => Promise.resolve(pushed.mock.calls.length > 0 || undefined), SOON);
    expect(await objects()).toEqual({});
    await stream.stop();
    expect(Object.values(await objects()).map((body) => gunzipSync(body).toString())).toEqual(['one\n']);
    pushed.mockRestore();
  });

  it('given a bucket that is not there, then tries until it is, and loses nothing', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    start({ buffering: { seconds: 0, bytes: 4 } });
    await put('one', 'two', 'three');
    await poll(() => Promise.resolve(log.mock.calls.length > 0 || undefined), SOON);
    await createBucket();
    expect((await lines(3)).toSorted()).toEqual(['one', 'three', 'two']);
    expect(log.mock.calls.map(([line]) => String(line).split(' failed')[0])).toEqual([`${name}, writing to ${name},`]);
    log.mockRestore();
  });

  it('given a shard that is split, then goes on with its children', async () => {
    await createBucket();
    start();
    await put('one');
    await lines(1);
    await engines.clients.kinesis.send(
      new SplitShardCommand({
        StreamName: name,
        ShardToSplit: 'shardId-000000000000',
        NewStartingHashKey: '170141183460469231731687303715884105728',
      }),
    );
    await put('two', 'three', 'four');
    expect((await lines(4)).toSorted()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('given neither compression nor a delimiter, then writes records as they are', async () => {
    await createBucket();
    start({ gzip: false, delimiter: '', extension: '' });
    await put('one', 'two');
    const text = async () => {
      const joined = Object.values(await objects())
        .map(String)
        .join('');
      return joined.length === 6 ? joined : undefined;
    };
    expect(await poll(text, SOON)).toBe('onetwo');
  });
});
