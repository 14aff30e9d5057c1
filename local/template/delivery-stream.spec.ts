import type { CloudModel } from '../model.ts';
import { buildModel } from './cloud-model.ts';
import { TemplateFixture } from './template-fixture.ts';
import { Warnings } from './warnings.ts';

const fixture = new TemplateFixture();
fixture.write('Function/app.js', '');

afterAll(() => {
  fixture.remove();
});

/** The delivery stream `Archive` to the bucket `Bucket`, whose destination has these properties beside its bucket. */
function model(
  destination: string,
  { type = 'KinesisStreamAsSource', bucket = '!GetAtt Bucket.Arn' } = {},
): CloudModel {
  const { template, scope } = fixture.scope(`
    Resources:
      Bucket: { Type: AWS::S3::Bucket }
      Archive:
        Type: AWS::KinesisFirehose::DeliveryStream
        Properties:
          DeliveryStreamType: ${type}
          KinesisStreamSourceConfiguration: { KinesisStreamARN: arn:stream, RoleARN: arn:role }
          ExtendedS3DestinationConfiguration: { BucketARN: ${bucket}, ${destination} }
      Function:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handle
          CodeUri: Function
          Environment: { Variables: { name: !Ref Archive, arn: !GetAtt Archive.Arn } }
  `);
  const provisioned = new Map([['Bucket', { Ref: 'things', Arn: 'arn:aws:s3:::things' }]]);
  for (const [id, attributes] of provisioned) scope.define(id, attributes);
  return buildModel({ template, scope, provisioned, warnings: new Warnings() });
}

function processors(list: string): string {
  return `ProcessingConfiguration: { Enabled: true, Processors: ${list} }`;
}

describe('delivery streams', () => {
  it('when nothing else is said, then Firehose’s defaults hold', () => {
    const { deliveryStreams, functions } = model('');
    expect(deliveryStreams).toEqual([
      {
        name: 'local-Archive',
        streamArn: 'arn:stream',
        bucket: 'things',
        prefix: undefined,
        extension: '',
        gzip: false,
        delimiter: '',
        buffering: { seconds: 300, bytes: 5 * 1024 * 1024 },
      },
    ]);
    expect(functions.get('Function')?.environment).toEqual({
      name: 'local-Archive',
      arn: 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/local-Archive',
    });
  });

  it('when all is said, then it holds, and what is not acted on is named', () => {
    const { deliveryStreams, warnings } = model(`
      Prefix: 'a/!{timestamp:yyyy}/', FileExtension: .ndjson.gz, CompressionFormat: GZIP, RoleARN: arn:role,
      BufferingHints: { IntervalInSeconds: 0, SizeInMBs: 2 }, CustomTimeZone: Asia/Tokyo,
      ${processors("[{ Type: AppendDelimiterToRecord, Parameters: [{ ParameterName: Delimiter, ParameterValue: '|\\n' }] }]")}`);
    expect(deliveryStreams).toMatchObject([
      {
        prefix: 'a/!{timestamp:yyyy}/',
        extension: '.ndjson.gz',
        gzip: true,
        delimiter: '|\n',
        buffering: { seconds: 0, bytes: 2 * 1024 * 1024 },
      },
    ]);
    expect(warnings).toEqual([
      'Ignored: AWS::KinesisFirehose::DeliveryStream ExtendedS3DestinationConfiguration.CustomTimeZone',
    ]);
  });

  it.each([
    ['GZIP', '.gz'],
    ['UNCOMPRESSED', ''],
  ])('when it compresses by %s, then names end in "%s"', (format, extension) => {
    expect(model(`CompressionFormat: ${format}`).deliveryStreams).toMatchObject([{ extension }]);
  });

  it.each([
    ['[{ Type: AppendDelimiterToRecord }]', '\n'],
    ['[{ Type: Lambda, Parameters: [{ ParameterName: LambdaArn, ParameterValue: x }] }]', ''],
  ])('given the processors %s, then what stands behind a record is %j', (list, delimiter) => {
    expect(model(processors(list)).deliveryStreams).toMatchObject([{ delimiter }]);
  });

  it('given a processor that does not run, then it is named', () => {
    const { warnings } = model(processors('[{ Type: Lambda }]'));
    expect(warnings).toContain('Not run locally: Firehose processor Archive.Lambda');
  });

  it('given one that nothing feeds here, then it is named and does not run', () => {
    const { deliveryStreams, warnings } = model('', { type: 'DirectPut' });
    expect(deliveryStreams).toEqual([]);
    expect(warnings).toEqual(['Not run locally: AWS::KinesisFirehose::DeliveryStream Archive']);
  });

  it.each([
    [
      "Prefix: '!{timestamp:EEE}/'",
      'Prefix: expected yyyy, MM, dd, HH, mm, ss or text in quotes in a timestamp, got "EEE"',
    ],
    ["Prefix: '!{partitionKeyFromQuery:x}/'", 'Prefix: expected !{timestamp:…} or !{firehose:random-string}'],
    ['CompressionFormat: Snappy', 'CompressionFormat: expected GZIP or UNCOMPRESSED to run locally, got Snappy.'],
  ])('given %s, then says what was expected', (destination, message) => {
    expect(() => model(destination)).toThrow(
      `Resources.Archive.Properties.ExtendedS3DestinationConfiguration.${message}`,
    );
  });

  it('given the bucket of another template, then says what was expected', () => {
    expect(() => model('', { bucket: 'arn:other' })).toThrow(
      'BucketARN: expected the ARN of a bucket of this template, got "arn:other".',
    );
  });
});
