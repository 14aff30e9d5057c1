import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { awsEnvironment } from '../../local/aws-environment.ts';
import { provision } from '../../local/resources/provision.ts';
import { TemplateFixture } from '../../local/template/template-fixture.ts';
import { Warnings } from '../../local/template/warnings.ts';
import { type Engines, startEmptyEngines } from '../support/engines';

const fixture = new TemplateFixture();
let engines: Engines;

beforeAll(async () => {
  engines = await startEmptyEngines();
});

afterAll(async () => {
  fixture.remove();
  await engines.stop();
});

async function create(resources: string) {
  const { template, scope } = fixture.scope(`Resources:\n${resources}`);
  const warnings = new Warnings();
  const attributes = await provision({ template, scope, clients: engines.clients, warnings });
  return { attributes: Object.fromEntries(attributes), leftOut: warnings.leftOut(), warnings: warnings.lines() };
}

function table(properties: string): string {
  return `  Table:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: orders, AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: day, AttributeType: N }], ${properties} }`;
}

describe('tables', () => {
  const key = 'KeySchema: [{ AttributeName: id, KeyType: HASH }]';
  const indexes = `GlobalSecondaryIndexes: [{ IndexName: byDay, KeySchema: [{ AttributeName: day, KeyType: HASH }],
    Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [total] } }]`;
  const stream = 'StreamSpecification: { StreamViewType: NEW_IMAGE }';
  const expiry = 'TimeToLiveSpecification: { AttributeName: expires, Enabled: true }';

  it('when one is created, then it has its indexes, its stream and its time to live, and is there the next time', async () => {
    const resources = table([key, indexes, stream, expiry, 'BillingMode: PROVISIONED'].join(', '));
    const { attributes, leftOut, warnings } = await create(resources);
    const { dynamodb } = engines.clients;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [{ IndexName: 'byDay', Projection: { NonKeyAttributes: ['total'] } }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const { TimeToLiveDescription: timeToLive } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: 'orders' }),
    );
    expect(timeToLive).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    expect(attributes).toEqual({ Table: { Ref: 'orders', Arn: Table?.TableArn, StreamArn: Table?.LatestStreamArn } });
    expect({ leftOut, warnings }).toEqual({ leftOut: ['Ignored: AWS::DynamoDB::Table BillingMode'], warnings: [] });
    expect((await create(resources)).attributes).toEqual(attributes);
  });

  it.each([
    [
      'key',
      'KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: day, KeyType: RANGE }]',
      /found "id S HASH"/,
    ],
    ['indexes', key, /found \["byDay: day N HASH"\], the template says \[\]/],
    ['stream', `${key}, ${indexes}`, /found "NEW_IMAGE", the template says "none"/],
  ])('when there is one with another %s, then it says what differs', async (aspect, properties, difference) => {
    await create(table([key, indexes, stream].join(', ')));
    const again = create(table(properties));
    await expect(again).rejects.toThrow(`Table orders exists with another ${aspect}: `);
    await expect(again).rejects.toThrow(difference);
  });

  it('when SAM’s simple form says nothing, then the key is the text "id"', async () => {
    const { attributes } = await create(`
  Plain: { Type: AWS::Serverless::SimpleTable }
  Named: { Type: AWS::Serverless::SimpleTable, Properties: { TableName: counters, PrimaryKey: { Name: n, Type: Number } } }`);
    expect([attributes.Plain?.Ref, attributes.Named?.Ref]).toEqual(['local-Plain', 'counters']);
    const { Table } = await engines.clients.dynamodb.send(new DescribeTableCommand({ TableName: 'counters' }));
    expect(Table?.AttributeDefinitions).toEqual([{ AttributeName: 'n', AttributeType: 'N' }]);
  });
});

describe('queues', () => {
  const resources = `
  Queue:
    Type: AWS::SQS::Queue
    Properties: { FifoQueue: true, VisibilityTimeout: 7, RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 } }
  Dead: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, QueueName: dead.fifo, KmsMasterKeyId: key } }`;

  it('when one redrives to another, then that is created first', async () => {
    const { attributes, leftOut, warnings } = await create(resources);
    const url = attributes.Queue?.Ref;
    const { Attributes } = await engines.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ FifoQueue: 'true', VisibilityTimeout: '7', QueueArn: attributes.Queue?.Arn });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: attributes.Dead?.Arn,
      maxReceiveCount: 3,
    });
    expect(attributes.Dead).toMatchObject({ QueueName: 'dead.fifo' });
    expect({ leftOut, warnings }).toEqual({ leftOut: ['Ignored: AWS::SQS::Queue KmsMasterKeyId'], warnings: [] });
  });

  it('when there is one already, then it gets the attributes that the template says now', async () => {
    await create(resources);
    const { attributes } = await create(resources.replace('VisibilityTimeout: 7', 'VisibilityTimeout: 8'));
    const { Attributes } = await engines.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: attributes.Queue?.Ref, AttributeNames: ['VisibilityTimeout'] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: '8' });
  });

  it('when a client has no endpoint but the environment’s, then the URL leads to the queue', async () => {
    const { attributes } = await create('  Plain: { Type: AWS::SQS::Queue }');
    const before = { ...process.env };
    Object.assign(process.env, awsEnvironment(engines.endpoints, 'eu-west-1'));
    const client = new SQSClient();
    const sent = await client.send(new SendMessageCommand({ QueueUrl: attributes.Plain?.QueueUrl, MessageBody: 'x' }));
    expect(sent.MessageId).toBeDefined();
    client.destroy();
    process.env = before;
  });
});

describe('streams and buckets', () => {
  it('when a stream has a consumer, then both are active, and are there the next time', async () => {
    const resources = `
  Consumer: { Type: AWS::Kinesis::StreamConsumer, Properties: { ConsumerName: fan, StreamARN: !GetAtt Stream.Arn } }
  Stream: { Type: AWS::Kinesis::Stream, Properties: { Name: events, ShardCount: 2, RetentionPeriodHours: 48 } }`;
    const { attributes, leftOut, warnings } = await create(resources);
    const { StreamDescriptionSummary: stream } = await engines.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: 'events' }),
    );
    expect(stream).toMatchObject({ OpenShardCount: 2, StreamStatus: 'ACTIVE', StreamARN: attributes.Stream?.Arn });
    expect(attributes.Consumer).toMatchObject({ ConsumerName: 'fan', StreamARN: attributes.Stream?.Arn });
    expect(attributes.Consumer?.ConsumerARN).toMatch(/:stream\/events\/consumer\/fan:\d+$/);
    expect({ leftOut, warnings }).toEqual({
      leftOut: ['Ignored: AWS::Kinesis::Stream RetentionPeriodHours'],
      warnings: [],
    });
    expect((await create(resources)).attributes).toEqual(attributes);
  });

  it('when a bucket is created, then it has a name of its own, and is there the next time', async () => {
    const resources = '  Archive: { Type: AWS::S3::Bucket }';
    const { attributes } = await create(resources);
    expect(attributes.Archive).toMatchObject({ Ref: 'local-archive', Arn: 'arn:aws:s3:::local-archive' });
    expect((await create(resources)).attributes).toEqual(attributes);
  });
});
