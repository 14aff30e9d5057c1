import type { Endpoints } from './model.ts';

/**
 * Where every local resource is, whatever region a developer works in otherwise: the engines do not know all of them. The scripts for
 * `sam local` in package.json name it, too.
 */
export const REGION = 'us-east-1';

/** The engines take any credentials. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The variables that make an unchanged AWS SDK client talk to the engines. */
export function awsEnvironment(endpoints: Endpoints, region: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
  };
}
