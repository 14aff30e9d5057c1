import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { StreamMappingModel } from '../model.ts';
import type { StreamRecord } from './stream-reader.ts';

/** Records that Lambda gives up. */
export interface Discarded {
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly functionArn: string;
  /** Invocations that got exactly these records. */
  readonly invokeCount: number;
  /** The last of those. */
  readonly lastInvocation: { readonly requestId: string; readonly threw: boolean } | undefined;
}

const BATCH_INFO = { dynamodb: 'DDBStreamBatchInfo', kinesis: 'KinesisBatchInfo' } as const;

/** Sends Lambda's own account of discarded records: where in the stream they are, not themselves. */
export async function sendToDestination(
  sqs: SQSClient,
  queueArn: string,
  mapping: Pick<StreamMappingModel, 'kind' | 'streamArn'>,
  discarded: Discarded,
): Promise<void> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueArn.split(':').at(-1) }));
  const MessageBody = JSON.stringify(invocationRecord(mapping, discarded));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html shows the shape. */
function invocationRecord(
  { kind, streamArn }: Pick<StreamMappingModel, 'kind' | 'streamArn'>,
  { shardId, records, condition, functionArn, invokeCount, lastInvocation }: Discarded,
): object {
  const arrivals = records.map(({ arrivedAt }) => new Date(arrivedAt).toISOString());
  return {
    requestContext: {
      requestId: lastInvocation?.requestId,
      functionArn,
      condition,
      approximateInvokeCount: invokeCount,
    },
    responseContext: lastInvocation && {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: lastInvocation.threw ? 'Unhandled' : undefined,
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    [BATCH_INFO[kind]]: {
      shardId,
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records.at(-1)?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrivals[0],
      approximateArrivalOfLastRecord: arrivals.at(-1),
      batchSize: records.length,
      streamArn,
    },
  };
}
