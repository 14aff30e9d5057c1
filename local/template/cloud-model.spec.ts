import { join } from 'node:path';

import type { CloudModel } from '../model.ts';
import { buildModel } from './cloud-model.ts';
import type { Attributes } from './scope.ts';
import { TemplateFixture } from './template-fixture.ts';
import { Warnings } from './warnings.ts';

const fixture = new TemplateFixture();
const bundle = fixture.write('Function/app.js', '');

afterAll(() => {
  fixture.remove();
});

const PROVISIONED: Record<string, Attributes> = {
  Table: { Ref: 'things', Arn: 'arn:table', StreamArn: 'arn:aws:dynamodb:engine:000000000000:table/things/stream/1' },
  Stream: { Ref: 'stream', Arn: 'arn:aws:kinesis:eu-west-1:0:stream' },
  Consumer: {
    Ref: 'arn:aws:kinesis:eu-west-1:0:consumer',
    ConsumerARN: 'arn:aws:kinesis:eu-west-1:0:consumer',
    StreamARN: 'arn:aws:kinesis:eu-west-1:0:stream',
  },
  Queue: { Ref: 'http://sqs/queue', QueueUrl: 'http://sqs/queue', Arn: 'arn:aws:sqs:eu-west-1:0:queue.fifo' },
};

function model(events: string, more: { properties?: string; resources?: string; globals?: string } = {}): CloudModel {
  const { template, scope } = fixture.scope(`
    Globals: ${more.globals ?? '{}'}
    Conditions: { Never: !Equals [a, b] }
    Resources:
      Table: { Type: AWS::DynamoDB::Table }
      Stream: { Type: AWS::Kinesis::Stream }
      Consumer: { Type: AWS::Kinesis::StreamConsumer }
      Queue: { Type: AWS::SQS::Queue }
      ${more.resources ?? ''}
      Function:
        Type: AWS::Serverless::Function
        Properties: { Handler: app.handle, CodeUri: Function, ${more.properties ?? ''} Events: ${events} }
  `);
  const provisioned = new Map(Object.entries(PROVISIONED));
  for (const [id, attributes] of provisioned) scope.define(id, attributes);
  return buildModel({ template, scope, provisioned, warnings: new Warnings() });
}

describe('buildModel: functions', () => {
  it('when nothing else is said, then Lambda’s defaults hold', () => {
    const { functions, api, mappings, warnings } = model('{}');
    expect([...functions.values()]).toEqual([
      { logicalId: 'Function', bundle, handler: 'handle', timeoutSeconds: 3, memoryMegabytes: 128, environment: {} },
    ]);
    expect({ api, mappings, warnings }).toEqual({ api: undefined, mappings: [], warnings: [] });
  });

  it('when globals and properties are given, then they are resolved and merged', () => {
    const globals = '{ Function: { Timeout: 7, Environment: { Variables: { table: !Ref Table, queue: x } } } }';
    const properties = 'MemorySize: 256, Environment: { Variables: { queue: !Ref Queue, count: 3 } },';
    expect(model('{}', { globals, properties }).functions.get('Function')).toMatchObject({
      timeoutSeconds: 7,
      memoryMegabytes: 256,
      environment: { table: 'things', queue: 'http://sqs/queue', count: '3' },
    });
  });

  it('when its condition does not hold, then there is no function', () => {
    const resources = 'Other: { Type: AWS::Serverless::Function, Condition: Never }';
    expect([...model('{}', { resources }).functions.keys()]).toEqual(['Function']);
  });

  it('when there is no bundle, then it says which and how to make it', () => {
    const resources = 'Other: { Type: AWS::Serverless::Function, Properties: { Handler: app.x, CodeUri: Other } }';
    const missing = `${join(fixture.folder, 'Other', 'app')}.js is missing: run npm run build:dev`;
    expect(() => model('{}', { resources })).toThrow(`Resources.Other.Properties.CodeUri: ${missing}`);
  });

  it('when the handler has no export, then it says what was expected', () => {
    const resources = 'Other: { Type: AWS::Serverless::Function, Properties: { Handler: app, CodeUri: Function } }';
    expect(() => model('{}', { resources })).toThrow('Handler: expected file.exportName, got "app".');
  });
});

describe('buildModel: mappings', () => {
  it('when nothing else is said, then Lambda’s defaults hold', () => {
    const stream = { batchingWindowSeconds: 0, reportBatchItemFailures: false, functionId: 'Function', batchSize: 100 };
    const retries = { bisectBatchOnFunctionError: false, maximumRetryAttempts: -1, maximumRecordAgeSeconds: -1 };
    const events = `{
      T: { Type: DynamoDB, Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST } },
      S: { Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: TRIM_HORIZON } },
      Q: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } } }`;
    expect(model(events).mappings).toEqual([
      {
        ...stream,
        ...retries,
        id: 'FunctionT',
        kind: 'dynamodb',
        streamArn: 'arn:aws:dynamodb:engine:000000000000:table/things/stream/1',
        eventSourceArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/things/stream/1',
        startingPosition: 'LATEST',
        parallelizationFactor: 1,
        onFailureQueueArn: undefined,
      },
      expect.objectContaining({
        id: 'FunctionS',
        kind: 'kinesis',
        streamArn: 'arn:aws:kinesis:eu-west-1:0:stream',
        startingPosition: 'TRIM_HORIZON',
      }),
      {
        ...stream,
        id: 'FunctionQ',
        batchSize: 10,
        kind: 'sqs',
        queueArn: 'arn:aws:sqs:eu-west-1:0:queue.fifo',
        queueUrl: 'http://sqs/queue',
        fifo: true,
        maximumConcurrency: undefined,
      },
    ]);
  });

  it('when it reads through a consumer, then it reads the consumer’s stream and shows the consumer', () => {
    const events = `{ S: { Type: Kinesis, Properties: {
      Stream: !GetAtt Consumer.ConsumerARN, StartingPosition: TRIM_HORIZON, BatchSize: 7, MaximumBatchingWindowInSeconds: 2,
      ParallelizationFactor: 4, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 3, MaximumRecordAgeInSeconds: 60,
      FunctionResponseTypes: [ReportBatchItemFailures],
      DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Queue.Arn } } } } }`;
    const { mappings, warnings } = model(events);
    expect(mappings).toEqual([
      {
        id: 'FunctionS',
        functionId: 'Function',
        kind: 'kinesis',
        streamArn: 'arn:aws:kinesis:eu-west-1:0:stream',
        eventSourceArn: 'arn:aws:kinesis:eu-west-1:0:consumer',
        startingPosition: 'TRIM_HORIZON',
        batchSize: 7,
        batchingWindowSeconds: 2,
        reportBatchItemFailures: true,
        parallelizationFactor: 4,
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 3,
        maximumRecordAgeSeconds: 60,
        onFailureQueueArn: 'arn:aws:sqs:eu-west-1:0:queue.fifo',
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('when it is disabled, then there is none', () => {
    expect(model('{ Q: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, Enabled: false } } }').mappings).toEqual(
      [],
    );
  });

  it.each([
    [
      '{ Type: SQS, Properties: { Queue: "arn:other" } }',
      'Queue: expected the ARN of a resource of this template, got "arn:other".',
    ],
    [
      '{ Type: SQS, Properties: { Queue: !GetAtt Stream.Arn } }',
      'Queue: expected the ARN of a queue, got "arn:aws:kinesis:eu-west-1:0:stream".',
    ],
    [
      '{ Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn } }',
      'StartingPosition: expected a value, the template gives none.',
    ],
    [
      '{ Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: AT_TIMESTAMP } }',
      'StartingPosition: expected TRIM_HORIZON or LATEST, got AT_TIMESTAMP.',
    ],
    [
      '{ Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: LATEST, DestinationConfig: { OnFailure: { Type: SNS, Destination: "arn:aws:sns:x" } } } }',
      'DestinationConfig.OnFailure: expected the ARN of a queue, got SNS "arn:aws:sns:x".',
    ],
  ])('when it is %s, then it says what was expected', (event, message) => {
    expect(() => model(`{ X: ${event} }`)).toThrow(`Resources.Function.Properties.Events.X.Properties.${message}`);
  });
});

describe('buildModel: API', () => {
  const route = (path: string, api?: string): string =>
    `{ Type: Api, Properties: { Path: ${path}, Method: get${api ? `, RestApiId: !Ref ${api}` : ''} } }`;

  it('when events name no API, then there is one all the same', () => {
    expect(model(`{ A: ${route('/a')} }`).api).toEqual({
      routes: [{ method: 'GET', path: '/a', functionId: 'Function' }],
      stage: 'Prod',
      corsHeaders: undefined,
      gatewayResponses: {},
    });
  });

  it('when the API has CORS and gateway responses, then their values lose API Gateway’s quotes', () => {
    const resources = `Api: { Type: AWS::Serverless::Api, Properties: {
      StageName: dev, Cors: { AllowOrigin: "'*'", AllowHeaders: "'A,B'", MaxAge: "'600'" }, GatewayResponses: { DEFAULT_4XX: {
        StatusCode: 400, ResponseParameters: { Headers: { X: "'y'" } }, ResponseTemplates: { application/json: '{}' } } } } }`;
    expect(model(`{ A: ${route('/a', 'Api')} }`, { resources }).api).toEqual({
      routes: [{ method: 'GET', path: '/a', functionId: 'Function' }],
      stage: 'dev',
      corsHeaders: {
        'Access-Control-Allow-Methods': 'GET,OPTIONS',
        'Access-Control-Allow-Headers': 'A,B',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Max-Age': '600',
      },
      gatewayResponses: {
        DEFAULT_4XX: { statusCode: 400, headers: { X: 'y' }, templates: { 'application/json': '{}' } },
      },
    });
  });

  it('when CORS is one origin, then it is allowed', () => {
    const globals = `{ Api: { Cors: "'https://example.com'" } }`;
    expect(model(`{ A: ${route('/a')} }`, { globals }).api?.corsHeaders).toMatchObject({
      'Access-Control-Allow-Origin': 'https://example.com',
    });
  });

  describe('given authorizers', () => {
    const auth = (text: string): { resources: string } => ({
      resources: `Api: { Type: AWS::Serverless::Api, Properties: { StageName: dev, Cors: "'*'", Auth: ${text} } }`,
    });
    const api = (text: string, routeAuth = '{}') =>
      model(
        `{ A: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !Ref Api, Auth: ${routeAuth} } } }`,
        auth(text),
      );
    const one = (properties: string): string => `{ DefaultAuthorizer: One, Authorizers: { One: ${properties} } }`;

    it('when nothing else is said, then API Gateway’s defaults hold, for preflights as well', () => {
      const { api: read, warnings } = api(one('{ FunctionArn: !GetAtt Function.Arn }'));
      const authorizer = {
        functionId: 'Function',
        type: 'TOKEN',
        identityHeaders: ['Authorization'],
        validation: undefined,
        cacheSeconds: 300,
      };
      expect(read).toMatchObject({ routes: [{ path: '/a', authorizer }], preflightAuthorizer: authorizer });
      expect(warnings).toEqual([]);
    });

    it('when everything is said, then it is read', () => {
      const request =
        '{ FunctionArn: !Ref Function.Alias, FunctionPayloadType: REQUEST, Identity: { ReauthorizeEvery: 0 } }';
      const token = `{ FunctionArn: !GetAtt Function.Arn, Identity: { Header: X-Key, ValidationExpression: "a+", ReauthorizeEvery: 7 } }`;
      const text = `{ DefaultAuthorizer: R, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: { R: ${request}, T: ${token} } }`;
      expect(api(text).api).toMatchObject({
        routes: [{ authorizer: { functionId: 'Function', type: 'REQUEST', identityHeaders: [], cacheSeconds: 0 } }],
        preflightAuthorizer: undefined,
      });
      expect(api(text, '{ Authorizer: T }').api?.routes[0]?.authorizer).toEqual({
        functionId: 'Function',
        type: 'TOKEN',
        identityHeaders: ['X-Key'],
        validation: /^(?:a+)$/,
        cacheSeconds: 7,
      });
      expect(api(text, '{ Authorizer: NONE }').api?.routes[0]?.authorizer).toBeUndefined();
    });

    it('when they are no functions or have more to them, then the warnings name it, and their routes are open', () => {
      const pool = api(one('{ UserPoolArn: !ImportValue x }'), '{ AuthorizationScopes: [a] }');
      expect(pool.api?.routes[0]?.authorizer).toBeUndefined();
      expect(pool.warnings).toEqual([
        'Not run locally: Authorizer One',
        'Ignored: AWS::Serverless::Api Auth.Authorizers.*.UserPoolArn',
        'Ignored: AWS::Serverless::Function Events.*.Properties.Auth.AuthorizationScopes',
      ]);
      expect(api('{ DefaultAuthorizer: AWS_IAM }').warnings).toEqual(['Not run locally: Authorizer AWS_IAM']);
      const query =
        '{ FunctionArn: !GetAtt Function.Arn, FunctionPayloadType: REQUEST, Identity: { QueryStrings: [q] } }';
      expect(api(one(query)).api?.routes[0]?.authorizer?.cacheSeconds).toBe(0);
      expect(api(one(query)).warnings).toEqual([
        'Ignored: AWS::Serverless::Api Auth.Authorizers.*.Identity.QueryStrings',
      ]);
    });

    it.each([
      ['{ DefaultAuthorizer: Two }', 'Auth.Authorizers: expected the authorizer Two'],
      [one('{ FunctionArn: "a b" }'), 'FunctionArn: expected !GetAtt Function.Arn or !Ref Function.Alias, got "a b".'],
      [one('{ FunctionArn: "x", FunctionPayloadType: BODY }'), 'expected TOKEN or REQUEST, got BODY.'],
    ])('when they are %s, then it says what was expected', (text, message) => {
      expect(() => api(text)).toThrow(message);
    });
  });

  it('when there are several APIs, then the first with routes is served, and the warnings name the rest', () => {
    const api = (name: string): string => `${name}: { Type: AWS::Serverless::Api, Properties: { StageName: ${name} } }`;
    const resources = ['Empty', 'First', 'Second'].map(api).join('\n      ');
    const { api: served, warnings } = model(
      `{ A: ${route('/a', 'Second')}, B: ${route('/b', 'First')}, C: ${route('/c')} }`,
      {
        resources,
      },
    );
    expect(served).toMatchObject({ stage: 'First', routes: [{ path: '/b' }] });
    expect(warnings).toEqual([
      'Not run locally: AWS::Serverless::Api Empty, Second',
      'Not run locally: Api event GET /a, GET /c',
    ]);
  });
});

describe('buildModel: what is left out', () => {
  it('when something is not acted on, then it is named, one line for each kind', () => {
    const resources = `
      One: { Type: AWS::StepFunctions::StateMachine, Properties: { Definition: !ImportValue x } }
      Two: { Type: AWS::StepFunctions::StateMachine }`;
    const events = `{
      Nightly: { Type: Schedule, Properties: { Schedule: !ImportValue x } },
      Queue: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, FilterCriteria: { Filters: [] } } } }`;
    const properties = 'Layers: [!ImportValue x], NewInAws: 1,';
    const globals = '{ HttpApi: {}, Function: { SnapStart: x } }';
    const { warnings, leftOut } = model(events, { resources, properties, globals });
    expect(warnings).toEqual([
      'Not run locally: AWS::StepFunctions::StateMachine One, Two',
      'Not run locally: Schedule event Function.Nightly',
      'Ignored: AWS::Serverless::Function Events.*.Properties.FilterCriteria, Layers, NewInAws, SnapStart',
      'Ignored: Globals HttpApi',
    ]);
    expect(leftOut).toEqual([]);
  });

  it('when it only matters on AWS, then no warning names it', () => {
    const resources = 'One: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: !ImportValue x } }';
    const properties = 'Tracing: Active, Policies: [!ImportValue x],';
    const { warnings, leftOut } = model('{}', { resources, properties, globals: '{ Function: { Runtime: x } }' });
    expect(warnings).toEqual([]);
    expect(leftOut).toEqual([
      'Not run locally: AWS::CloudWatch::Alarm One',
      'Ignored: AWS::Serverless::Function Policies, Runtime, Tracing',
    ]);
  });

  it('when more than three of a kind are not run, then their number is told', () => {
    const machines = (names: string[]) =>
      names.map((name) => `${name}: { Type: AWS::StepFunctions::StateMachine }`).join('\n      ');

    expect(model('{}', { resources: machines(['A', 'B', 'C']) }).warnings).toEqual([
      'Not run locally: AWS::StepFunctions::StateMachine A, B, C',
    ]);
    expect(model('{}', { resources: machines(['A', 'B', 'C', 'D']) }).warnings).toEqual([
      'Not run locally: AWS::StepFunctions::StateMachine (4)',
    ]);
  });
});
