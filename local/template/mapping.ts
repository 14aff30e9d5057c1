import type { MappingModel, QueueMappingModel, StreamMappingModel } from '../model.ts';
import type { Properties } from './properties.ts';
import type { Attributes } from './scope.ts';

/** Lambda's default batch sizes. */
const STREAM_BATCH_SIZE = 100;
const QUEUE_BATCH_SIZE = 10;

/** The event types of a function that make an event source mapping, and the property that names their source. */
export const SOURCES = { DynamoDB: 'Stream', Kinesis: 'Stream', SQS: 'Queue' } as const;

export interface MappingContext {
  readonly functionId: string;
  readonly eventName: string;
  readonly region: string;
  /** Attributes of what exists in the engines. */
  readonly resources: readonly Attributes[];
}

/** Reads a `DynamoDB`, `Kinesis` or `SQS` event; answers undefined where it is disabled. */
export function readMapping(
  type: keyof typeof SOURCES,
  event: Properties,
  context: MappingContext,
): MappingModel | undefined {
  const mapping = type === 'SQS' ? queueMapping(event, context) : streamMapping(type, event, context);
  return event.flag('Enabled') === false ? undefined : mapping;
}

function mappingBase(event: Properties, { functionId, eventName }: MappingContext, defaultBatchSize: number) {
  return {
    id: functionId + eventName,
    functionId,
    batchSize: event.number('BatchSize') ?? defaultBatchSize,
    batchingWindowSeconds: event.number('MaximumBatchingWindowInSeconds') ?? 0,
    reportBatchItemFailures: event.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  };
}

function queueMapping(event: Properties, context: MappingContext): QueueMappingModel {
  const { arn, resource } = source('Queue', event, context);
  const queueUrl = resource.QueueUrl;
  if (!queueUrl) throw event.error('Queue', `expected the ARN of a queue, got "${arn}".`);
  return {
    ...mappingBase(event, context, QUEUE_BATCH_SIZE),
    kind: 'sqs',
    queueArn: arn,
    queueUrl,
    fifo: arn.endsWith('.fifo'),
    maximumConcurrency: event.nested('ScalingConfig').number('MaximumConcurrency'),
  };
}

function streamMapping(type: 'DynamoDB' | 'Kinesis', event: Properties, context: MappingContext): StreamMappingModel {
  const { arn, resource } = source('Stream', event, context);
  return {
    ...mappingBase(event, context, STREAM_BATCH_SIZE),
    kind: type === 'DynamoDB' ? 'dynamodb' : 'kinesis',
    streamArn: (arn === resource.ConsumerARN ? resource.StreamARN : undefined) ?? arn,
    eventSourceArn: inRegion(arn, context.region),
    startingPosition: startingPosition(event),
    parallelizationFactor: event.number('ParallelizationFactor') ?? 1,
    bisectBatchOnFunctionError: event.flag('BisectBatchOnFunctionError') ?? false,
    maximumRetryAttempts: event.number('MaximumRetryAttempts') ?? -1,
    maximumRecordAgeSeconds: event.number('MaximumRecordAgeInSeconds') ?? -1,
    onFailureQueueArn: onFailureQueue(event),
  };
}

/** The ARN that the event names, and the resource that it belongs to. */
function source(property: string, event: Properties, { resources }: MappingContext) {
  const arn = event.requiredText(property);
  const resource = resources.find((attributes) => Object.values(attributes).includes(arn));
  if (!resource) throw event.error(property, `expected the ARN of a resource of this template, got "${arn}".`);
  return { arn, resource };
}

function startingPosition(event: Properties): 'TRIM_HORIZON' | 'LATEST' {
  const position = event.requiredText('StartingPosition');
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return position;
  throw event.error('StartingPosition', `expected TRIM_HORIZON or LATEST, got ${position}.`);
}

function onFailureQueue(event: Properties): string | undefined {
  const onFailure = event.nested('DestinationConfig').nested('OnFailure');
  const arn = onFailure.text('Destination');
  const type = onFailure.text('Type');
  if (arn !== undefined && !arn.startsWith('arn:aws:sqs:')) {
    throw event.error('DestinationConfig.OnFailure', `expected the ARN of a queue, got ${type ?? ''} "${arn}".`);
  }
  return arn;
}

/** A DynamoDB engine names itself in the place of the region. */
function inRegion(arn: string, region: string): string {
  return arn.split(':').with(3, region).join(':');
}
