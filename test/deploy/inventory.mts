import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { KinesisClient, paginateListStreams } from '@aws-sdk/client-kinesis';
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';

import { CREDENTIALS, REGION } from './ministack.mts';

/** The tables, streams, queues, functions and mappings that are there, whatever CloudFormation says. */
export async function inventory(endpoint: string): Promise<string[]> {
  const configuration = { endpoint, region: REGION, credentials: CREDENTIALS };
  const dynamodb = new DynamoDBClient(configuration);
  const kinesis = new KinesisClient(configuration);
  const sqs = new SQSClient(configuration);
  const lambda = new LambdaClient(configuration);

  try {
    return [
      ...(await names(paginateListTables({ client: dynamodb }, {}), (page) => page.TableNames)),
      ...(await names(paginateListStreams({ client: kinesis }, {}), (page) => page.StreamNames)),
      ...(await names(paginateListQueues({ client: sqs }, {}), (page) => page.QueueUrls)),
      ...(await names(paginateListFunctions({ client: lambda }, {}), (page) =>
        page.Functions?.map(({ FunctionArn = '' }) => FunctionArn),
      )),
      ...(await names(paginateListEventSourceMappings({ client: lambda }, {}), (page) =>
        page.EventSourceMappings?.map(({ EventSourceMappingArn = '' }) => EventSourceMappingArn),
      )),
    ];
  } finally {
    for (const client of [dynamodb, kinesis, sqs, lambda]) client.destroy();
  }
}

async function names<Page>(pages: AsyncIterable<Page>, of: (page: Page) => string[] | undefined): Promise<string[]> {
  const found: string[] = [];

  for await (const page of pages) found.push(...(of(page) ?? []));
  return found;
}
