import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Properties } from '../template/properties.ts';
import { answered, generatedName, unless, type CreateResource } from './resource-kind.ts';

/** Properties that CloudFormation names as SQS names its attributes; SQS takes them as texts. */
const ATTRIBUTES: readonly QueueAttributeName[] = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
];

/** Properties that are maps in a template, and JSON in SQS. */
const POLICIES: readonly QueueAttributeName[] = ['RedriveAllowPolicy', 'RedrivePolicy'];

/** `AWS::SQS::Queue` */
export const createQueue: CreateResource = async (properties, { logicalId, clients: { sqs, sqsEndpoint } }) => {
  const fifo = properties.flag('FifoQueue') === true;
  const name = properties.text('QueueName') ?? generatedName(logicalId) + (fifo ? '.fifo' : '');
  const url = reachable(await queueUrl(sqs, name, fifo, queueAttributes(properties)), sqsEndpoint);
  const { Attributes: { QueueArn: arn } = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { Ref: url, Arn: answered(arn), QueueName: name, QueueUrl: url };
};

async function queueUrl(
  sqs: SQSClient,
  name: string,
  fifo: boolean,
  attributes: Record<string, string>,
): Promise<string> {
  // SQS refuses "FifoQueue": "false".
  const all = { ...attributes, ...(fifo && { FifoQueue: 'true' }) };
  const created = await unless('QueueNameExists', () =>
    sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: all })),
  );
  if (created) return answered(created.QueueUrl);
  const existing = answered((await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: existing, Attributes: attributes }));
  return existing;
}

function queueAttributes(properties: Properties): Record<string, string> {
  const texts = ATTRIBUTES.map((name) => [name, properties.text(name)] as const);
  const policies = POLICIES.map((name) => [name, json(properties.value(name))] as const);
  return Object.fromEntries(
    [...texts, ...policies].filter((entry): entry is [QueueAttributeName, string] => entry[1] !== undefined),
  );
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** An SQS client without an endpoint of its own sends to the host of the queue URL: it must be one that answers. */
function reachable(url: string, endpoint: string): string {
  return new URL(new URL(url).pathname, endpoint).href;
}
