/**
 * What a SAM template says, resolved: every intrinsic function replaced by its value, every name and ARN real.
 * The template reader makes it; the Lambda runtime, the event source mappings and the API run it.
 */
export interface CloudModel {
  readonly functions: ReadonlyMap<string, FunctionModel>;
  readonly api: ApiModel | undefined;
  readonly mappings: readonly MappingModel[];
  readonly deliveryStreams: readonly DeliveryStreamModel[];
  /** Resources and properties of the template that the local cloud does not act on, one line for each kind. */
  readonly warnings: readonly string[];
  /** The same of those that only matter on AWS. */
  readonly leftOut: readonly string[];
}

/** One `AWS::Serverless::Function`, as built. */
export interface FunctionModel {
  readonly logicalId: string;
  /** Absolute path of the bundle that holds the handler. */
  readonly bundle: string;
  /** Name of the bundle's export that is the handler. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** One `AWS::Serverless::Api` and the routes that functions' `Api` events add to it. */
export interface ApiModel {
  readonly routes: readonly RouteModel[];
  readonly stage: string;
  /** CORS headers of the answer to an `OPTIONS` request, values without API Gateway's inner quotes; absent: no CORS. */
  readonly corsHeaders: Readonly<Record<string, string>> | undefined;
  /** Authorizer of the `OPTIONS` requests that CORS answers; absent: they are open. */
  readonly preflightAuthorizer?: AuthorizerModel | undefined;
  /** By API Gateway's response type, `DEFAULT_4XX` and `MISSING_AUTHENTICATION_TOKEN` among them. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponseModel>>;
}

export interface RouteModel {
  /** Upper case, or `ANY`. */
  readonly method: string;
  /** As in the template: `/users/{id}`. */
  readonly path: string;
  readonly functionId: string;
  /** Absent: open to everyone. */
  readonly authorizer?: AuthorizerModel | undefined;
}

/** A Lambda function that decides on requests before they come to a route's own. */
export interface AuthorizerModel {
  readonly functionId: string;
  readonly type: 'TOKEN' | 'REQUEST';
  /** Headers without which a request is refused unasked; a TOKEN authorizer has one, whose value is the token. */
  readonly identityHeaders: readonly string[];
  /** What the whole token has to match; undefined: anything. */
  readonly validation: RegExp | undefined;
  /** How long an answer holds for requests with the same identity headers; 0: for one request. */
  readonly cacheSeconds: number;
}

export interface GatewayResponseModel {
  readonly statusCode: number | undefined;
  /** Header name to value, without API Gateway's inner quotes. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body with `$context.…` variables, by media type. */
  readonly templates: Readonly<Record<string, string>>;
}

/** One event source mapping: a function fed from a stream or a queue. */
export type MappingModel = StreamMappingModel | QueueMappingModel;

interface MappingBase {
  /** `FunctionLogicalId` and the event's name in the template, as Lambda's own UUID would identify it. */
  readonly id: string;
  readonly functionId: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
}

/** A DynamoDB or Kinesis stream, by Lambda's rules for streams. */
export interface StreamMappingModel extends MappingBase {
  readonly kind: 'dynamodb' | 'kinesis';
  /** Stream ARN: of the table's stream, or of the Kinesis stream (an enhanced fan-out consumer is resolved to its stream). */
  readonly streamArn: string;
  /** What the function sees as `eventSourceARN`: the consumer's ARN where the template names a consumer. */
  readonly eventSourceArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly parallelizationFactor: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** -1: no limit. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit. */
  readonly maximumRecordAgeSeconds: number;
  readonly onFailureQueueArn: string | undefined;
}

/** An SQS queue. */
export interface QueueMappingModel extends MappingBase {
  readonly kind: 'sqs';
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly fifo: boolean;
  readonly maximumConcurrency: number | undefined;
}

/** One `AWS::KinesisFirehose::DeliveryStream` from a Kinesis stream to a bucket. */
export interface DeliveryStreamModel {
  readonly name: string;
  readonly streamArn: string;
  readonly bucket: string;
  /** With its `!{…}` expressions; undefined: Firehose's own. */
  readonly prefix: string | undefined;
  /** Last part of each object's name: `.gz`. */
  readonly extension: string;
  readonly gzip: boolean;
  /** Stands behind each record; may be empty. */
  readonly delimiter: string;
  readonly buffering: BufferingModel;
}

/** An object is written when either is reached. */
export interface BufferingModel {
  readonly seconds: number;
  /** Of records before compression. */
  readonly bytes: number;
}

/** Where the engines listen: from the environment, or started by the local cloud. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly kinesis: string;
  readonly sqs: string;
  readonly s3: string;
}
