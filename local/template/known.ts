/**
 * What only matters on AWS, and is left out locally without a warning for each: permissions, encryption, backups, retention,
 * monitoring, deployment. What changes how functions run or what they get does not belong here.
 */
const RESOURCES: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::LogStream',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
]);

/** Of every resource: its attributes, and its tags. */
const OF_ALL = ['DeletionPolicy', 'Metadata', 'Tags', 'UpdateReplacePolicy'];

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': [
    'BillingMode',
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'SSESpecification',
    'TableClass',
  ],
  'AWS::Kinesis::Stream': ['RetentionPeriodHours', 'StreamEncryption'],
  'AWS::KinesisFirehose::DeliveryStream': [
    'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions',
    'ExtendedS3DestinationConfiguration.ErrorOutputPrefix',
    'ExtendedS3DestinationConfiguration.RoleARN',
    'KinesisStreamSourceConfiguration.RoleARN',
  ],
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'LifecycleConfiguration',
    'LoggingConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
  ],
  'AWS::SQS::Queue': ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled'],
  'AWS::Serverless::Api': [
    'AccessLogSetting',
    'Description',
    'EndpointAccessMode',
    'EndpointConfiguration',
    'MethodSettings',
    'Name',
    'OpenApiVersion',
    'SecurityPolicy',
    'TracingEnabled',
  ],
  'AWS::Serverless::Function': [
    'Architectures',
    'AutoPublishAlias',
    'AutoPublishAliasAllProperties',
    'DeploymentPreference',
    'Description',
    'LoggingConfig',
    'Policies',
    'Role',
    'Runtime',
    'Tracing',
    'VersionDescription',
  ],
};

export function isKnownResource(type: string): boolean {
  return RESOURCES.has(type);
}

export function isKnownProperty(type: string, name: string): boolean {
  return type.startsWith('AWS::') && (OF_ALL.includes(name) || (PROPERTIES[type] ?? []).includes(name));
}
