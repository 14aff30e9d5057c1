import { join } from 'node:path';

import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';

import type { FunctionPool } from '../../local/lambda/function-pool.ts';
import { DynamoDbStreamReader } from '../../local/mappings/dynamodb-stream-reader.ts';
import { KinesisStreamReader } from '../../local/mappings/kinesis-stream-reader.ts';
import { QueueMapping } from '../../local/mappings/queue-mapping.ts';
import { runStreamMapping } from '../../local/mappings/stream-mapping.ts';
import type { StreamReader } from '../../local/mappings/stream-reader.ts';
import { readTemplate } from '../../local/template/template.ts';
import type { TestCloud } from '../../test/support/test-cloud';
import { FUNCTIONS, type FunctionName, type LambdaFunction } from './functions';

const ROOT = join(__dirname, '../..');

// Batches in hand at once of each queue.
const CONCURRENCY = 2;

/** How the mappings of `template.yaml` are run. */
export interface Mapping {
  readonly cloud: TestCloud;
  readonly sqs: SQSClient;
  /** Without them nothing waits for more to come. */
  readonly windows: boolean;
  readonly signal: AbortSignal;
  readonly invoke: (name: FunctionName, event: unknown) => ReturnType<LambdaFunction>;
}

/** Runs all mappings as the local cloud does, to functions in this process; resolves when they have stopped. */
export async function runMappings(mapping: Mapping): Promise<void> {
  await Promise.all(FUNCTIONS.map((name) => run(name, mapping)));
}

function run(name: FunctionName, { cloud, sqs, windows, signal, invoke }: Mapping): Promise<void> {
  const { BatchSize, MaximumBatchingWindowInSeconds = 0 } = eventOf(name);
  const pool = {
    maximumInstances: CONCURRENCY,
    functionArn: '',
    invoke: (event) => invoke(name, event),
  } satisfies Pick<FunctionPool, 'maximumInstances' | 'functionArn' | 'invoke'> as unknown as FunctionPool;
  const base = {
    id: name,
    functionId: name,
    batchSize: BatchSize,
    batchingWindowSeconds: windows ? MaximumBatchingWindowInSeconds : 0,
    reportBatchItemFailures: true,
  };

  return name.endsWith('QueueProcessor')
    ? new QueueMapping({ ...base, ...queueOf(name, cloud) }, pool, sqs, signal).run()
    : runStreamMapping({ ...base, ...STREAM, ...streamOf(name) }, pool, { reader: reader(name, cloud), sqs }, signal);
}

/** The properties of the one event source that each of these functions has. */
function eventOf(name: FunctionName): { BatchSize: number; MaximumBatchingWindowInSeconds?: number } {
  const { Events } = readTemplate(join(ROOT, 'template.yaml')).resources.get(name)?.properties as {
    Events: Record<string, { Properties: ReturnType<typeof eventOf> }>;
  };

  return Object.values(Events)[0]?.Properties ?? { BatchSize: NaN };
}

/** What matters where something fails, which nothing does here. */
const STREAM = {
  startingPosition: 'TRIM_HORIZON',
  parallelizationFactor: 1,
  bisectBatchOnFunctionError: true,
  maximumRetryAttempts: 0,
  maximumRecordAgeSeconds: -1,
  onFailureQueueArn: undefined,
} as const;

function streamOf(name: FunctionName) {
  return {
    kind: name === 'DynamoKinesisAdaptor' ? ('dynamodb' as const) : ('kinesis' as const),
    streamArn: name,
    eventSourceArn: name,
  };
}

function queueOf(name: FunctionName, cloud: TestCloud) {
  const { Ref: queueUrl = '', Arn: queueArn = '' } = cloud.attributes(name.replace('Processor', ''));

  return { kind: 'sqs' as const, queueUrl, queueArn, fifo: true, maximumConcurrency: undefined };
}

function reader(name: FunctionName, cloud: TestCloud): StreamReader {
  const { StreamArn = '' } = cloud.attributes('EventLog');
  const { Arn = '' } = cloud.attributes('EventSourceStream');

  return name === 'DynamoKinesisAdaptor'
    ? new DynamoDbStreamReader(new DynamoDBStreamsClient({}), StreamArn, StreamArn)
    : new KinesisStreamReader(new KinesisClient({}), Arn, Arn);
}
