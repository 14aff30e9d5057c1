import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

import { CREDENTIALS } from '../aws-environment.ts';
import type { Endpoints } from '../model.ts';

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly kinesis: KinesisClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** Where SQS answers; an engine may not know under which name its host is reached. */
  readonly sqsEndpoint: string;
}

/** SDK clients of the engines; close them with `closeClients`. */
export function openClients(endpoints: Endpoints, region: string): Clients {
  const configuration = { region, credentials: CREDENTIALS };
  return {
    dynamodb: new DynamoDBClient({ ...configuration, endpoint: endpoints.dynamodb }),
    kinesis: new KinesisClient({ ...configuration, endpoint: endpoints.kinesis }),
    sqs: new SQSClient({ ...configuration, endpoint: endpoints.sqs }),
    s3: new S3Client({ ...configuration, endpoint: endpoints.s3, forcePathStyle: true }),
    sqsEndpoint: endpoints.sqs,
  };
}

export function closeClients({ dynamodb, kinesis, sqs, s3 }: Clients): void {
  for (const client of [dynamodb, kinesis, sqs, s3]) client.destroy();
}
