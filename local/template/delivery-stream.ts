import { evaluatePrefix } from '../firehose/prefix.ts';
import { LocalCloudError } from '../local-cloud-error.ts';
import type { DeliveryStreamModel } from '../model.ts';
import { generatedName } from './generated-name.ts';
import type { Properties } from './properties.ts';
import type { Attributes } from './scope.ts';
import type { Warnings } from './warnings.ts';

/** Firehose's own defaults. */
const DEFAULT_SECONDS = 300;
const DEFAULT_MEGABYTES = 5;

const EXTENSIONS: Readonly<Record<string, string>> = { GZIP: '.gz', UNCOMPRESSED: '' };

export interface DeliveryStreamContext {
  readonly logicalId: string;
  /** Attributes of what exists in the engines. */
  readonly resources: readonly Attributes[];
  readonly warnings: Warnings;
}

/** Reads an `AWS::KinesisFirehose::DeliveryStream`; answers undefined where it does not go from a Kinesis stream to a bucket. */
export function readDeliveryStream(
  properties: Properties,
  context: DeliveryStreamContext,
): DeliveryStreamModel | undefined {
  const destination = properties.nested('ExtendedS3DestinationConfiguration');
  const fromKinesis = properties.text('DeliveryStreamType') === 'KinesisStreamAsSource';
  if (!fromKinesis || destination.names().length === 0) return undefined;
  const format = destination.text('CompressionFormat') ?? 'UNCOMPRESSED';
  const extension = EXTENSIONS[format];
  if (extension === undefined) {
    throw destination.error('CompressionFormat', `expected GZIP or UNCOMPRESSED to run locally, got ${format}.`);
  }
  const hints = destination.nested('BufferingHints');
  return {
    name: properties.text('DeliveryStreamName') ?? generatedName(context.logicalId),
    streamArn: properties.nested('KinesisStreamSourceConfiguration').requiredText('KinesisStreamARN'),
    bucket: bucket(destination, context),
    prefix: prefix(destination),
    extension: destination.text('FileExtension') ?? extension,
    gzip: format === 'GZIP',
    delimiter: delimiter(destination.nested('ProcessingConfiguration'), context),
    buffering: {
      seconds: hints.number('IntervalInSeconds') ?? DEFAULT_SECONDS,
      bytes: (hints.number('SizeInMBs') ?? DEFAULT_MEGABYTES) * 1024 * 1024,
    },
  };
}

function bucket(destination: Properties, { resources }: DeliveryStreamContext): string {
  const arn = destination.requiredText('BucketARN');
  const name = resources.find(({ Arn }) => Arn === arn)?.Ref;
  if (name === undefined) {
    throw destination.error('BucketARN', `expected the ARN of a bucket of this template, got "${arn}".`);
  }
  return name;
}

/** What would fail with the first object fails at the start. */
function prefix(destination: Properties): string | undefined {
  const value = destination.text('Prefix');
  try {
    evaluatePrefix(value, new Date());
    return value;
  } catch (error) {
    if (!(error instanceof LocalCloudError)) throw error;
    throw destination.error('Prefix', `${error.message}.`);
  }
}

/** What stands behind each record. */
function delimiter(processing: Properties, { logicalId, warnings }: DeliveryStreamContext): string {
  let delimiter = '';
  const enabled = processing.flag('Enabled') ?? false;
  for (const processor of processing.objects('Processors')) {
    const type = processor.requiredText('Type');
    const parameters = processor.objects('Parameters');
    const values = parameters.map((parameter) => [parameter.text('ParameterName'), parameter.text('ParameterValue')]);
    if (type !== 'AppendDelimiterToRecord') warnings.notRun('Firehose processor', `${logicalId}.${type}`);
    else if (enabled) delimiter = values.find(([name]) => name === 'Delimiter')?.[1] ?? '\\n';
  }
  // Firehose takes it as it is written in a program.
  return delimiter.replaceAll('\\n', '\n');
}
