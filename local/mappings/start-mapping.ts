import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';

import { CREDENTIALS } from '../aws-environment.ts';
import type { FunctionPool } from '../lambda/function-pool.ts';
import type { Endpoints, MappingModel, StreamMappingModel } from '../model.ts';
import { regionOf } from './arn.ts';
import { DynamoDbStreamReader } from './dynamodb-stream-reader.ts';
import { KinesisStreamReader } from './kinesis-stream-reader.ts';
import { QueueMapping } from './queue-mapping.ts';
import { runStreamMapping } from './stream-mapping.ts';
import type { StreamReader } from './stream-reader.ts';
import { type Running, untilStopped } from './until-stopped.ts';

/** Feeds a function from a stream or a queue by Lambda's rules, until it is stopped. */
export function startMapping(mapping: MappingModel, pool: FunctionPool, endpoints: Endpoints): Running {
  const arn = mapping.kind === 'sqs' ? mapping.queueArn : mapping.eventSourceArn;
  const sqs = new SQSClient(configuration(endpoints.sqs, arn));
  return untilStopped((signal) =>
    mapping.kind === 'sqs'
      ? new QueueMapping(mapping, pool, sqs, signal).run()
      : runStreamMapping(mapping, pool, { reader: streamReader(mapping, endpoints), sqs }, signal),
  );
}

function streamReader({ kind, streamArn, eventSourceArn }: StreamMappingModel, endpoints: Endpoints): StreamReader {
  if (kind === 'dynamodb') {
    const client = new DynamoDBStreamsClient(configuration(endpoints.dynamodb, eventSourceArn));
    return new DynamoDbStreamReader(client, streamArn, eventSourceArn);
  }
  const client = new KinesisClient(configuration(endpoints.kinesis, eventSourceArn));
  return new KinesisStreamReader(client, streamArn, eventSourceArn);
}

/** Of an SDK client for an engine; the ARN is of a resource that it has. */
export function configuration(
  endpoint: string,
  arn: string,
): { endpoint: string; region: string; credentials: typeof CREDENTIALS } {
  return { endpoint, region: regionOf(arn), credentials: CREDENTIALS };
}
