import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SQSEvent } from 'aws-lambda';

import { CREDENTIALS } from '../../local/aws-environment.ts';
import { DynamoDbStreamReader } from '../../local/mappings/dynamodb-stream-reader.ts';
import type { Event } from '../../src/event-store/events/event';
import { inBatches } from '../support/in-batches';
import type { Engine } from './engine';
import type { RunningCloud } from './running-cloud';
import { readAll } from './read-all';
import { writeEvents } from './write-events';

/** The mapping's batch size. */
const RECORDS = 100;
const QUEUE_BATCH = { size: 10, atOnce: 2 };

const LOG = 'bench-log';

/** Writes to a log with a stream, reads the stream, and makes the rows as the handlers do it. */
export async function dynamodbAlone(
  { clients, documents, state }: RunningCloud,
  project: (event: SQSEvent) => Promise<unknown>,
): Promise<Engine> {
  const { TableDescription } = await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: LOG,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: '$version', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: '$version', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const arn = TableDescription?.LatestStreamArn ?? '';
  const streams = new DynamoDBStreamsClient({
    endpoint: state.endpoints.dynamodb,
    region: state.region,
    credentials: CREDENTIALS,
  });
  const read = await readAll(new DynamoDbStreamReader(streams, arn, arn), RECORDS);

  return {
    take: async (events) => {
      await writeEvents(documents, LOG, events);
      await read(events.length);
      await inBatches(events, QUEUE_BATCH, (batch) => project({ Records: batch.map(toRecord) }));
    },
  };
}

function toRecord(event: Event, index: number): SQSEvent['Records'][number] {
  return {
    messageId: String(index),
    receiptHandle: '',
    body: JSON.stringify(event),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
