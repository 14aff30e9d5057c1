import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { yamlParse } from 'yaml-cfn';

import { writtenOut } from '../../local/template/written-out.ts';
import { openScope } from '../../local/template/open-scope.ts';
import { checkRules } from '../../local/template/rules.ts';
import { describeVersions } from '../../local/template/version-descriptions.ts';
import { references } from '../../local/template/references.ts';
import { readTemplate, type Resource, type Section } from '../../local/template/template.ts';
import { COLUMNS } from '../../ops/archive/events-view';
import { RouteScopes, type ScopeDeclaration } from '../../src/app/authorization/route-scopes';
import { CONTEXTS } from '../../src/contexts';
import { roleOf } from '../support/permissions';
import { configOf } from '../support/samconfig';

const file = join(__dirname, '../../template.yaml');
const template = readTemplate(file);
const deploying = readFileSync(join(__dirname, '../../docs/how-to/deploy.md'), 'utf8');
const badDays = readFileSync(join(__dirname, '../../docs/how-to/bad-days.md'), 'utf8');
const resources = [...template.resources.values()];
const tables = resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
const functions = resources.filter(({ type }) => type === 'AWS::Serverless::Function');
const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
const fifoQueues = queues.filter(({ properties }) => properties.FifoQueue === true);

/** One for each aggregate type, named after it. */
const aggregateQueues = fifoQueues
  .filter(({ properties }) => properties.RedrivePolicy)
  .map(({ logicalId }) => logicalId);

interface Mapping {
  readonly functionId: string;
  readonly type: string;
  readonly properties: Section;
}

const mappings: Mapping[] = functions.flatMap(({ logicalId, properties }) =>
  Object.values((properties.Events ?? {}) as Record<string, { Type: string; Properties: Section }>).map((event) => ({
    functionId: logicalId,
    type: event.Type,
    properties: event.Properties,
  })),
);
const streams = mappings.filter(({ type }) => type === 'DynamoDB' || type === 'Kinesis');
/** Those on the way from the log to the projections. */
const carriers = streams.filter(({ functionId }) => functionId !== 'Snapshotter');
const consumers = mappings.filter(({ type }) => type === 'SQS');

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

interface BuiltResource {
  readonly Type: string;
  Properties: Section & { readonly VersionDescription?: { readonly 'Fn::Sub': string } };
}

type AnyEvent = new (...values: string[]) => object;

const refersTo = (from: Resource, to: Resource) =>
  [...references(from.properties, from.logicalId)].some(({ name }) => name === to.logicalId);

/** What only the archive needs, and what serves nothing else: the archive is off by default. */
const stores = resources.filter(({ type }) => /^AWS::(S3|KinesisFirehose|Glue)::/.test(type));
const archive = resources.filter(
  (resource) =>
    stores.includes(resource) ||
    (/^AWS::(IAM::Role|Logs::Log(Group|Stream)|CloudWatch::Alarm)$/.test(resource.type) &&
      stores.some((store) => refersTo(store, resource) || refersTo(resource, store))),
);
const propertiesOf = (logicalId: string) => template.resources.get(logicalId)!.properties;

/** What AWS does with the delivery rules is up to the template. */
describe('template.yaml', () => {
  it('follows two streams to the projections and, by a function each, every FIFO queue that is no dead-letter queue', () => {
    expect(carriers.map(({ functionId }) => functionId)).toEqual(['DynamoKinesisAdaptor', 'EventBroker']);
    expect(consumers.map(({ functionId }) => functionId).toSorted()).toEqual(
      ['EventBroker', ...aggregateQueues.filter((id) => id !== 'RetryQueue').map((id) => `${id}Processor`)].toSorted(),
    );
  });

  it.each([...streams, ...consumers])('$functionId acknowledges nothing that failed', ({ properties }) => {
    expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it.each(carriers)('$functionId retries until just short of the 24 hours that a stream keeps a record', (mapping) => {
    expect(mapping.properties.MaximumRetryAttempts).toBeUndefined(); // until the record's age ends it
    expect(mapping.properties.MaximumRecordAgeInSeconds).toBeGreaterThan(23 * 3600);
    expect(mapping.properties.MaximumRecordAgeInSeconds).toBeLessThan(24 * 3600);
  });

  it.each(carriers)('$functionId hands what it could not deliver to a queue that takes it from a stream', (mapping) => {
    expect(mapping.properties.DestinationConfig).toEqual({
      OnFailure: { Type: 'SQS', Destination: arnOf('StreamFailures') },
    });
    expect(template.resources.get('StreamFailures')?.properties.FifoQueue).toBeUndefined();
  });

  describe.each(streams)('$functionId', ({ type, properties }) => {
    it('begins with the oldest record', () => {
      expect(properties.StartingPosition).toBe('TRIM_HORIZON');
    });

    it('bisects what fails', () => {
      expect(properties.BisectBatchOnFunctionError).toBe(true);
    });

    it('keeps the order of an aggregate', () => {
      // DynamoDB orders by item when there is more than one, and every event is an item of its own.
      const { ParallelizationFactor: factor = 1 } = properties;

      expect(type === 'DynamoDB' ? factor : 1).toBe(1);
    });
  });

  it('keeps what a stream consumer needs to order by aggregate: only new items', () => {
    expect(template.resources.get('EventLog')?.properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  });

  describe.each(fifoQueues)('$logicalId', ({ properties }) => {
    it('limits throughput and looks for duplicates by aggregate', () => {
      expect(properties).toMatchObject({
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
    });
  });

  it.each(consumers)(
    '$functionId has a queue that gives up after some receives, to a FIFO queue',
    ({ functionId, properties }) => {
      const [queueId] = (properties.Queue as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      const queue = template.resources.get(queueId!)!.properties;
      const { deadLetterTargetArn, maxReceiveCount } = queue.RedrivePolicy as Section;
      const [deadLetterId] = (deadLetterTargetArn as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];

      // What waits for somebody to mend the setup is tried for twelve hours.
      expect(maxReceiveCount).toBe(functionId === 'EventBroker' ? (12 * 3600) / 180 : 5);
      expect(queue.VisibilityTimeout).toEqual({ Ref: 'queueVisibilityTimeout' });
      expect(template.resources.get(deadLetterId!)?.properties.FifoQueue).toBe(true);
    },
  );

  it('makes a message visible again after six times its consumer’s time-out, by its defaults', () => {
    const { consumerTimeout, queueVisibilityTimeout } = template.parameters as Record<string, { Default: number }>;

    expect(queueVisibilityTimeout!.Default).toBeGreaterThanOrEqual(6 * consumerTimeout!.Default);
    consumers.forEach(({ functionId }) => {
      expect(template.resources.get(functionId)?.properties.Timeout).toEqual({ Ref: 'consumerTimeout' });
    });
  });

  it('lets a queue’s consumer grow up to a number of batches, and reserves no concurrency, which would send good events to the dead letters', () => {
    for (const { properties } of consumers) {
      expect(properties.ScalingConfig).toEqual({ MaximumConcurrency: { Ref: 'maximumConcurrency' } });
    }
    expect(resources.filter(({ properties }) => properties.ReservedConcurrentExecutions)).toEqual([]);
  });

  it('watches every queue that nobody reads', () => {
    const watched = resources
      .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
      .map(({ properties }) => JSON.stringify(properties.Dimensions ?? []));

    expect(
      queues
        .filter(({ logicalId }) => !aggregateQueues.includes(logicalId))
        .filter(({ logicalId }) => !watched.some((dimensions) => dimensions.includes(logicalId)))
        .map(({ logicalId }) => `Add an alarm on the messages of ${logicalId} to template.yaml.`),
    ).toEqual([]);
  });

  describe.each(tables)('$logicalId', ({ properties }) => {
    it('is billed on demand, encrypted, restorable to any second, and protected where that is asked for', () => {
      expect(properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: { 'Fn::If': ['HasDeletionProtection', true, false] },
      });
    });
  });

  it.each(['EventLog', 'SetValidations', 'ApplicationLogs', 'ApiAccessLogs'])(
    'keeps %s of prod when its stack is deleted',
    (logicalId) => {
      expect(template.resources.get(logicalId)?.attributes).toEqual(['DeletionPolicy', 'UpdateReplacePolicy']);
    },
  );

  it('deploys gradually in prod alone', () => {
    const elsewhere = { gradual: false, atOnce: false };

    expect(template.mappings.Stages).toEqual({
      dev: elsewhere,
      stage: elsewhere,
      prod: { gradual: true, atOnce: false },
    });
  });

  describe('what the build says of versions', () => {
    const built = writtenOut(yamlParse(readFileSync(file, 'utf8')) as { Resources: Record<string, BuiltResource> });
    const parameters = template.parameters as Record<
      string,
      { MaxLength?: number; MaxValue?: number; AllowedValues?: string[] }
    >;
    const longest = ({ MaxLength, MaxValue, AllowedValues = [] }: (typeof parameters)[string]) =>
      MaxLength ?? Math.max(String(MaxValue ?? '').length, ...AllowedValues.map((value) => value.length));
    const named = (logicalId: string) =>
      [...built.Resources[logicalId]!.Properties.VersionDescription!['Fn::Sub'].matchAll(/\$\{(\w+)\}/g)].map(
        ([, name]) => name!,
      );

    beforeAll(() => {
      describeVersions(built);
    });

    it('publishes a function anew with the parameters that it depends on', () => {
      const all = ['architecture', 'logLevel', 'memorySize', 'snapshotInterval'];

      expect(named('GetUserController')).toEqual(all);
      expect(named('CreateUserController')).toEqual([...all, 'releasedEvents'].toSorted());
      expect(named('EventBroker')).toEqual([...all, 'consumerTimeout'].toSorted());
      expect(named('Authorizer')).toEqual([...all, 'authentication', 'tokenAudience', 'tokenIssuer'].toSorted());
    });

    it.each(functions)('takes for $logicalId at most the 256 characters that Lambda allows', ({ logicalId }) => {
      const lengths = named(logicalId).map((name) => longest(parameters[name]!));

      expect(lengths).not.toContain(0);
      // Eight of the digest, and a space before each value.
      expect(lengths.reduce((sum, length) => sum + 1 + length, 8)).toBeLessThanOrEqual(256);
    });
  });

  it.each(resources.filter(({ type }) => type === 'AWS::IAM::Role'))(
    'bounds $logicalId, where a boundary is given',
    (role) => {
      expect(role.properties.PermissionsBoundary).toEqual({
        'Fn::If': ['HasBoundary', { Ref: 'permissionsBoundary' }, { Ref: 'AWS::NoValue' }],
      });
    },
  );

  it.each(queues)('encrypts $logicalId', ({ properties }) => {
    expect(properties.SqsManagedSseEnabled).toBe(true);
  });

  describe.each(alarms)('$logicalId', ({ logicalId, properties }) => {
    it('tells somebody, and is explained', () => {
      expect(properties.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
      if (!badDays.includes(`\`${logicalId}\``)) {
        throw new Error(`Say in docs/how-to/bad-days.md what \`${logicalId}\` means and what mends it.`);
      }
    });
  });

  it('takes TLS 1.2 at least, and logs which version it was', () => {
    const { SecurityPolicy, EndpointAccessMode, AccessLogSetting } = propertiesOf('ServerlessSamApi');
    const { Format } = AccessLogSetting as { Format: string };

    // Without one, a regional API takes TLS 1.0.
    expect(SecurityPolicy).toMatch(/^SecurityPolicy_TLS13_1_[23]_/);
    expect(EndpointAccessMode).toBeDefined();
    expect(JSON.parse(Format)).toMatchObject({ tls: '$context.tlsVersion' });
  });

  describe('given who may call the API', () => {
    const { Auth } = template.resources.get('ServerlessSamApi')!.properties as { Auth: Section };
    const globals = template.globals.Function as { Environment: { Variables: Section } };
    const settings = ['authentication', 'tokenIssuer', 'tokenAudience'];

    it('asks the authorizer on every route, with or without a token, and keeps no answer', () => {
      expect(Auth).toEqual({
        DefaultAuthorizer: 'TokenAuthorizer',
        AddDefaultAuthorizerToCorsPreflight: false,
        Authorizers: {
          TokenAuthorizer: {
            FunctionArn: { Ref: 'Authorizer.Alias' },
            FunctionPayloadType: 'REQUEST',
            Identity: { ReauthorizeEvery: 0 },
          },
        },
      });
    });

    it('has no route with an authorizer of its own, or none', () => {
      const routes = mappings.filter(({ type }) => type === 'Api');

      expect(routes.length).toBeGreaterThan(10);
      expect(routes.filter(({ properties }) => 'Auth' in properties)).toEqual([]);
      expect(resources.filter(({ type }) => /^AWS::(Serverless::(Http)?Api|ApiGateway.*)$/.test(type))).toHaveLength(1);
    });

    it('asks for a scope of the context whose route it is', () => {
      const { Environment } = propertiesOf('Authorizer') as { Environment: { Variables: ScopeDeclaration } };
      const { contexts } = Environment.Variables;
      const [, context, route] = /^(\w+)=(\w+)/.exec(contexts)!;
      const scopes = new RouteScopes(Environment.Variables);

      expect(['GET', 'POST'].map((method) => scopes.scopeFor(method, `/${route}`))).toEqual([
        `${context}:read`,
        `${context}:write`,
      ]);
    });

    it('tells the settings to the authorizer alone', () => {
      for (const { logicalId, properties } of functions) {
        const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Section };
        const known = settings.filter((name) => name in Variables);

        expect([logicalId, known]).toEqual([logicalId, logicalId === 'Authorizer' ? settings : []]);
      }
      expect(settings.filter((name) => name in globals.Environment.Variables)).toEqual([]);
    });

    it('lets the authorizer do nothing but log and trace', () => {
      expect(roleOf(template, 'Authorizer')).toBe('AuthorizerRole');
      const { ManagedPolicyArns, Policies } = template.resources.get('AuthorizerRole')!.properties;

      expect({ ManagedPolicyArns, Policies }).toEqual({ ManagedPolicyArns: [{ Ref: 'FunctionBasics' }] });
    });

    it.each<[Record<string, string>, string]>([
      [{ stage: 'prod', authentication: 'none' }, 'authentication can be none in stage dev alone'],
      [{ stage: 'stage', authentication: 'none' }, 'authentication can be none in stage dev alone'],
      [{}, 'Set the parameter tokenIssuer'],
      [{ tokenIssuer: 'https://issuer.example.com' }, 'Set the parameter tokenAudience'],
      [{ tokenIssuer: 'http://issuer.example.com' }, 'Parameter tokenIssuer: expected text that matches'],
      [{ tokenIssuer: 'ftp://127.0.0.1' }, 'Parameter tokenIssuer: expected text that matches'],
      [{ tokenIssuer: 'http://127.0.0.1.example.com' }, 'Parameter tokenIssuer: expected text that matches'],
    ])('refuses the parameters %j', (parameters, message) => {
      expect(() => {
        checkRules(template, openScope(template, { dotenv: {}, commandLine: parameters }, 'us-east-1'));
      }).toThrow(message);
    });

    it.each<Record<string, string>>([
      { authentication: 'none' },
      { tokenIssuer: 'https://issuer.example.com/tenant/v2.0', tokenAudience: 'api', stage: 'prod' },
      { tokenIssuer: 'http://127.0.0.1:8080/', tokenAudience: 'api' },
    ])('takes the parameters %j', (parameters) => {
      expect(() => {
        checkRules(template, openScope(template, { dotenv: {}, commandLine: parameters }, 'us-east-1'));
      }).not.toThrow();
    });

    it.each([
      ['UNAUTHORIZED', 401, 'Unauthorized'],
      ['ACCESS_DENIED', 403, 'Forbidden'],
      ['AUTHORIZER_FAILURE', 500, 'InternalError'],
      ['AUTHORIZER_CONFIGURATION_ERROR', 500, 'InternalError'],
    ])('answers %s by a problem of status %i and code %s', (type, status, code) => {
      const responses = template.resources.get('ServerlessSamApi')!.properties.GatewayResponses as Record<
        string,
        { StatusCode: number; ResponseTemplates: Record<string, string> }
      >;
      const { StatusCode, ResponseTemplates } = responses[type]!;

      expect(StatusCode).toBe(status);
      expect(JSON.parse(ResponseTemplates['application/json']!)).toMatchObject({ status, code });
    });
  });

  it('has no alarm on more metrics than CloudWatch takes', () => {
    // Ten, and the expression.
    for (const { logicalId } of alarms.filter(
      ({ properties }) => ((properties.Metrics ?? []) as object[]).length > 11,
    )) {
      throw new Error(
        `${logicalId} is full: make a second alarm like it, and add it to DeploymentPreference in template.yaml.`,
      );
    }
  });

  it('costs idle what docs/how-to/deploy.md says, as to alarms and metrics of its own', () => {
    const idle = alarms.filter((alarm) => !archive.includes(alarm));
    const watched = idle.flatMap(({ properties }) =>
      properties.Metrics ? (properties.Metrics as Section[]).filter(({ MetricStat }) => MetricStat) : [properties],
    );
    const filters = resources.filter(({ type }) => type === 'AWS::Logs::MetricFilter');
    const made = filters.map(({ properties }) =>
      JSON.stringify((properties.MetricTransformations as Section[])[0]!.MetricName),
    );

    expect(deploying).toContain(`${idle.length} alarms on ${watched.length} metrics at 0.10`);
    expect(deploying).toContain(`${new Set(made).size} metrics of our own at 0.30`);
  });

  it('has a dashboard of widgets', () => {
    const { DashboardBody: body } = template.resources.get('Dashboard')!.properties;
    const [text] = (body as { 'Fn::Sub': [string, object] })['Fn::Sub'];
    const { widgets } = JSON.parse(text) as { widgets: object[] };

    expect(widgets.length).toBeGreaterThan(alarms.length / 2);
  });

  it('makes its lag metric of the line that the queue broker logs for each event', () => {
    expect(template.resources.get('ProjectionLag')?.properties).toMatchObject({
      FilterPattern: '{ $.message = "Event handled." }',
      MetricTransformations: [{ MetricName: 'ProjectionLag', MetricValue: '$.lagMilliseconds' }],
    });
  });

  it.each([
    ['debug', true],
    ['info', true],
    ['warn', false],
    ['error', false],
  ])('given the logLevel %s, then has the alarm that counts the lines of handled events: %s', (logLevel, isThere) => {
    const scope = openScope(template, { dotenv: { authentication: 'none' }, commandLine: { logLevel } }, 'us-east-1');

    expect(scope.exists(template.resources.get('SilenceAlarm')!)).toBe(isThere);
  });

  it('puts out the ARN of every table and queue', () => {
    const { Outputs } = writtenOut(yamlParse(readFileSync(file, 'utf8')) as { Outputs: Record<string, Section> });

    const isPutOut = (id: string) => isDeepStrictEqual(Outputs[`${id}Arn`]?.Value, arnOf(id));

    expect(
      [...tables, ...queues]
        .filter(({ logicalId }) => !isPutOut(logicalId))
        .map(({ logicalId: id }) => `Add ${id}Arn to the Outputs of template.yaml, with Value: !GetAtt ${id}.Arn.`),
    ).toEqual([]);
  });

  it.each(['stage', 'prod'])('gives %s tables and a stream of its own', (stage) => {
    const { parameters } = configOf(stage);
    const named = Object.keys(template.parameters).filter((name) => /Table$|Stream$/.test(name));

    expect(named.length).toBeGreaterThan(5);
    expect(
      named
        .filter((name) => !String(parameters[name]).endsWith(`-${stage}`))
        .map(
          (name) =>
            `Give ${name} a value that ends in -${stage} in the parameter_overrides of ${stage} in samconfig.toml.`,
        ),
    ).toEqual([]);
  });

  describe('the archive', () => {
    const destination = propertiesOf('ArchiveStream').ExtendedS3DestinationConfiguration as Section;
    const table = propertiesOf('ArchiveTable').TableInput as {
      Parameters: Section;
      PartitionKeys: unknown;
      StorageDescriptor: { Columns: { Name: string; Type: string }[]; SerdeInfo: { Parameters: Section } };
    };
    const { Columns, SerdeInfo } = table.StorageDescriptor;
    const propertyOf = (column: string) => SerdeInfo.Parameters[`mapping.${column}`] ?? column;

    it('is off by default, and then costs nothing: no resource of it exists', () => {
      expect(template.parameters.archive).toMatchObject({ Default: 'off' });
      expect(template.conditions.HasArchive).toEqual({ 'Fn::Equals': [{ Ref: 'archive' }, 'on'] });
      expect(archive.length).toBeGreaterThan(5);
      for (const { logicalId, condition } of archive) {
        expect([logicalId, condition]).toEqual([logicalId, 'HasArchive']);
      }
      const others = resources.filter(({ condition }) => condition === 'HasArchive');
      expect(others.map(({ logicalId }) => logicalId)).toEqual(archive.map(({ logicalId }) => logicalId));
    });

    it('outlives its stack, and is read by nobody without permission or TLS', () => {
      expect(template.resources.get('ArchiveBucket')!.attributes).toEqual(['DeletionPolicy', 'UpdateReplacePolicy']);
      expect(Object.values(propertiesOf('ArchiveBucket').PublicAccessBlockConfiguration as object)).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(JSON.stringify(propertiesOf('ArchiveBucketPolicy'))).toContain('"aws:SecureTransport":"false"');
    });

    it('holds events as lines in gzip under the day, where its readers look for them', () => {
      expect(destination).toMatchObject({
        Prefix: 'events/date=!{timestamp:yyyy-MM-dd}/',
        FileExtension: '.ndjson.gz',
        CompressionFormat: 'GZIP',
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      });
      // Firehose demands it of a prefix with expressions.
      expect(destination.ErrorOutputPrefix).toMatch(/^errors\/.*!{firehose:error-output-type}/);
      expect(table.PartitionKeys).toEqual([{ Name: 'date', Type: 'string' }]);
      expect(table.Parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.date.format': 'yyyy-MM-dd',
        'storage.location.template': { 'Fn::Sub': 's3://${ArchiveBucket}/events/date=${!date}/' },
      });
    });

    it('alarms late enough for every interval, and long before Firehose gives up after a day', () => {
      const { archiveInterval } = template.parameters as Record<string, { MaxValue: number }>;
      const { MetricName, Threshold } = propertiesOf('ArchiveAlarm');

      expect(MetricName).toBe('DeliveryToS3.DataFreshness');
      expect(Threshold).toBeGreaterThan(2 * archiveInterval!.MaxValue);
      expect(Threshold).toBeLessThan(12 * 3600);
    });

    it('alarms where Firehose reads nothing, also while that shows in no age', () => {
      const metrics = propertiesOf('ArchiveReadAlarm').Metrics as { MetricStat?: { Metric: { MetricName: string } } }[];

      expect(metrics.map(({ MetricStat }) => MetricStat?.Metric.MetricName)).toEqual([
        undefined,
        'KinesisMillisBehindLatest',
        'DataReadFromKinesisStream.Records',
        'IncomingRecords',
      ]);
    });

    it('has columns of the same names in Athena and in npm run ops -- archive query', () => {
      const common = Columns.slice(0, COLUMNS.length);

      expect(common.map(({ Name }) => [Name, propertyOf(Name)])).toEqual(
        COLUMNS.map(({ name, property }) => [name, property]),
      );
    });

    it('has a column for every property of every event', () => {
      const types = CONTEXTS.flatMap(({ events }) => events as unknown as AnyEvent[]);
      const properties = new Set(types.flatMap((Type) => Object.keys(new Type('a', 'b', 'c', 'd'))));

      const columns = Columns.map(({ Name }) => propertyOf(Name));

      expect(types).not.toEqual([]);
      expect(
        [...properties]
          .filter((property) => !columns.includes(property))
          .map((property) => `Add a column for the events' property ${property} to ArchiveTable in template.yaml.`),
      ).toEqual([]);
      expect(new Set(columns).size).toBe(columns.length);
      // Athena needs the mapping of every property that is not written in small letters.
      expect(SerdeInfo.Parameters['case.insensitive']).toBe('FALSE');
      expect(Columns.map(({ Name }) => Name).filter((name) => !/^[a-z_]+$/.test(name))).toEqual([]);
    });
  });
});
