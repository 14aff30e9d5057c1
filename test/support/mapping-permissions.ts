/** An event of a function in a SAM template, its intrinsic functions resolved. */
export interface EventSource {
  readonly Type: string;
  readonly Properties: {
    readonly Stream?: string;
    readonly Queue?: string;
    readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
  };
}

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb.html, services-kinesis-create.html, services-sqs-configure.html;
// without kinesis:ListStreams, which takes no stream: whoever names one does not look for it.
const DYNAMODB_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
const KINESIS_STREAM = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
const QUEUE = ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];

/**
 * What Lambda does, with the permissions of the function, to feed it from an event source: `action ARN`. `streamOf` answers the
 * ARN of the stream of a fan-out consumer, which is the one of a logical id.
 */
export function neededByMapping({ Type, Properties }: EventSource, streamOf: (consumerId: string) => string): string[] {
  const { Stream = '', Queue = '', DestinationConfig } = Properties;
  const destination = DestinationConfig?.OnFailure?.Destination;

  return [
    ...needs(Type, Type === 'SQS' ? Queue : Stream, streamOf),
    ...(destination === undefined ? [] : [`sqs:SendMessage ${destination}`]),
  ];
}

function needs(type: string, source: string, streamOf: (consumerId: string) => string): string[] {
  const on = (service: string, actions: readonly string[], arn: string) =>
    actions.map((action) => `${service}:${action} ${arn}`);
  const [, consumerId] = /^(\w+)\.ConsumerARN$/.exec(source) ?? [];

  switch (type) {
    case 'Api':
      return []; // the API's own permission, in the function's resource policy
    case 'DynamoDB':
      return on('dynamodb', DYNAMODB_STREAM, source);
    case 'Kinesis':
      return consumerId === undefined
        ? on('kinesis', KINESIS_STREAM, source)
        : [`kinesis:SubscribeToShard ${source}`, ...on('kinesis', KINESIS_STREAM, streamOf(consumerId))];
    case 'SQS':
      return on('sqs', QUEUE, source);
    default:
      throw new Error(`Expected an event whose permissions are known, got ${type}.`);
  }
}
