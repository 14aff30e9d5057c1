import { isDeepStrictEqual } from 'node:util';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  UpdateTimeToLiveCommand,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';

import { LocalCloudError } from '../local-cloud-error.ts';
import type { Attributes } from '../template/scope.ts';
import { answered, unless, untilActive, type CreateResource, type ResourceContext } from './resource-kind.ts';
import { generatedName } from '../template/generated-name.ts';
import {
  simpleTableDefinition,
  tableDefinition,
  type IndexDefinition,
  type TableDefinition,
} from './table-definition.ts';

/** `AWS::DynamoDB::Table` */
export const createTable: CreateResource = async (properties, context) => {
  const name = properties.text('TableName') ?? generatedName(context.logicalId);
  const attributes = await create(name, tableDefinition(properties), context);
  const timeToLive = properties.nested('TimeToLiveSpecification');
  const attribute = timeToLive.text('AttributeName');
  if (timeToLive.flag('Enabled') && attribute) await enableTimeToLive(context.clients.dynamodb, name, attribute);
  return attributes;
};

/** `AWS::Serverless::SimpleTable` */
export const createSimpleTable: CreateResource = (properties, context) =>
  create(properties.text('TableName') ?? generatedName(context.logicalId), simpleTableDefinition(properties), context);

async function create(name: string, definition: TableDefinition, context: ResourceContext): Promise<Attributes> {
  const { dynamodb } = context.clients;
  const describe = async () => answered((await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table);
  const existing = await unless('ResourceNotFoundException', describe);
  if (existing) requireSame(name, existing, definition);
  else await dynamodb.send(new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST', ...definition }));
  const { TableArn, LatestStreamArn } = await untilActive(context.logicalId, async () => {
    const table = await describe();
    return table.TableStatus === 'ACTIVE' ? table : undefined;
  });
  return { Ref: name, Arn: answered(TableArn), ...(LatestStreamArn && { StreamArn: LatestStreamArn }) };
}

/** A table that an earlier run has made is taken as it is: it must be the one that the template describes. */
function requireSame(name: string, existing: TableDescription, definition: TableDefinition): void {
  const [found, wanted] = [outline(existing), outline(definition)];
  const aspect = (['key', 'indexes', 'stream'] as const).find(
    (aspect) => !isDeepStrictEqual(found[aspect], wanted[aspect]),
  );
  if (!aspect) return;
  throw new LocalCloudError(
    `Table ${name} exists with another ${aspect}: found ${JSON.stringify(found[aspect])}, the template says ` +
      `${JSON.stringify(wanted[aspect])}. Use another --data folder, or give the table another name.`,
  );
}

interface Outline {
  readonly key: string;
  readonly indexes: readonly string[];
  readonly stream: string;
}

function outline(table: TableDescription | TableDefinition): Outline {
  const type = (name: string | undefined) =>
    table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  const key = (schema: TableDefinition['KeySchema'] = []) =>
    schema.map(({ AttributeName, KeyType }) => `${AttributeName} ${type(AttributeName)} ${KeyType}`).join(', ');
  const indexes = [
    ...(table.GlobalSecondaryIndexes ?? []),
    ...(table.LocalSecondaryIndexes ?? []),
  ] as IndexDefinition[];
  const { StreamEnabled, StreamViewType } = table.StreamSpecification ?? {};
  return {
    key: key(table.KeySchema),
    indexes: indexes.map(({ IndexName, KeySchema }) => `${IndexName}: ${key(KeySchema)}`).sort(),
    stream: (StreamEnabled ? StreamViewType : undefined) ?? 'none',
  };
}

async function enableTimeToLive(dynamodb: DynamoDBClient, table: string, attribute: string): Promise<void> {
  const { TimeToLiveDescription: current } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: table }));
  if (current?.TimeToLiveStatus === 'ENABLED' && current.AttributeName === attribute) return;
  const specification = { AttributeName: attribute, Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: specification }));
}
