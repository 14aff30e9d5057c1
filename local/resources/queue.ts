import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import type { Properties } from '../template/properties.ts';
import { answered, type CreateResource } from './resource-kind.ts';
import { generatedName } from '../template/generated-name.ts';

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
  const attributes = queueAttributes(properties);
  const url = reachable(
    (await existing(sqs, name, attributes)) ?? (await create(sqs, name, attributes, fifo)),
    sqsEndpoint,
  );
  const { Attributes: { QueueArn: arn } = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { Ref: url, Arn: answered(arn), QueueName: name, QueueUrl: url };
};

type QueueAttributes = Readonly<Record<string, string>>;

/** Gives the attributes to a queue of that name, if there is one, and answers its URL. */
async function existing(sqs: SQSClient, name: string, attributes: QueueAttributes): Promise<string | undefined> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: name }));
  const url = QueueUrls.find((url) => url.endsWith(`/${name}`));
  if (url) await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
  return url;
}

async function create(sqs: SQSClient, name: string, attributes: QueueAttributes, fifo: boolean): Promise<string> {
  // A standard queue must not have the attribute: SQS refuses it with the value false.
  const all = { ...attributes, ...(fifo && { FifoQueue: 'true' }) };
  const { QueueUrl: url } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: all }));
  return answered(url);
}

function queueAttributes(properties: Properties): QueueAttributes {
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
