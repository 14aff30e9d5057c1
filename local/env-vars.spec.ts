import { samEnvironment } from './env-vars.ts';
import type { FunctionModel } from './model.ts';

describe('samEnvironment', () => {
  it('when engines are on this machine, then a container reaches them by the name of its host', () => {
    const model: FunctionModel = {
      logicalId: 'Function',
      bundle: '/app.js',
      handler: 'handler',
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      environment: { table: 'things', queue: 'http://127.0.0.1:3/000000000000/queue', site: 'http://127.0.0.1:9/' },
    };
    const endpoints = {
      dynamodb: 'http://127.0.0.1:1',
      kinesis: 'http://localhost:2',
      sqs: 'http://127.0.0.1:3',
      s3: 'https://storage.example.com',
    };
    expect(samEnvironment(new Map([['Function', model]]), endpoints, 'eu-west-1')).toEqual({
      Function: {
        table: 'things',
        queue: 'http://host.docker.internal:3/000000000000/queue',
        site: 'http://127.0.0.1:9/',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: 'http://host.docker.internal:1',
        AWS_ENDPOINT_URL_DYNAMODB_STREAMS: 'http://host.docker.internal:1',
        AWS_ENDPOINT_URL_KINESIS: 'http://host.docker.internal:2',
        AWS_ENDPOINT_URL_SQS: 'http://host.docker.internal:3',
        AWS_ENDPOINT_URL_S3: 'https://storage.example.com',
      },
    });
  });
});
