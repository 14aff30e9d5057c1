import type {
  KeySchemaElement,
  KeyType,
  ProjectionType,
  ScalarAttributeType,
  StreamViewType,
} from '@aws-sdk/client-dynamodb';

import type { Properties } from '../template/properties.ts';

/** What a table is, without how much it may take: capacity has no meaning on a laptop. In the terms of `CreateTable`. */
export interface TableDefinition {
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: ScalarAttributeType }[];
  readonly KeySchema: KeySchemaElement[];
  readonly GlobalSecondaryIndexes: IndexDefinition[] | undefined;
  readonly LocalSecondaryIndexes: IndexDefinition[] | undefined;
  readonly StreamSpecification: { StreamEnabled: true; StreamViewType: StreamViewType } | undefined;
}

export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: KeySchemaElement[];
  readonly Projection: { ProjectionType: ProjectionType; NonKeyAttributes?: string[] };
}

/** Reads the definition from an `AWS::DynamoDB::Table`. */
export function tableDefinition(properties: Properties): TableDefinition {
  const view = properties.nested('StreamSpecification').text('StreamViewType') as StreamViewType | undefined;
  return {
    AttributeDefinitions: properties.objects('AttributeDefinitions').map((attribute) => ({
      AttributeName: attribute.requiredText('AttributeName'),
      AttributeType: attribute.requiredText('AttributeType') as ScalarAttributeType,
    })),
    KeySchema: keySchema(properties),
    GlobalSecondaryIndexes: indexes(properties, 'GlobalSecondaryIndexes'),
    LocalSecondaryIndexes: indexes(properties, 'LocalSecondaryIndexes'),
    StreamSpecification: view && { StreamEnabled: true, StreamViewType: view },
  };
}

/** Reads the definition from an `AWS::Serverless::SimpleTable`: a key of one attribute, `id` unless it names another. */
export function simpleTableDefinition(properties: Properties): TableDefinition {
  const key = properties.nested('PrimaryKey');
  const name = key.text('Name') ?? 'id';
  return {
    AttributeDefinitions: [{ AttributeName: name, AttributeType: attributeType(key.text('Type') ?? 'String') }],
    KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
    GlobalSecondaryIndexes: undefined,
    LocalSecondaryIndexes: undefined,
    StreamSpecification: undefined,
  };
}

/** SAM says `String`, `Number` or `Binary` where DynamoDB says `S`, `N` or `B`. */
function attributeType(type: string): ScalarAttributeType {
  return type.charAt(0) as ScalarAttributeType;
}

function keySchema(properties: Properties): KeySchemaElement[] {
  return properties.objects('KeySchema').map((key) => ({
    AttributeName: key.requiredText('AttributeName'),
    KeyType: key.requiredText('KeyType') as KeyType,
  }));
}

/** DynamoDB refuses an empty list of indexes. */
function indexes(properties: Properties, name: string): IndexDefinition[] | undefined {
  const definitions = properties.objects(name).map((index): IndexDefinition => {
    const projection = index.nested('Projection');
    const attributes = projection.list('NonKeyAttributes').map(String);
    return {
      IndexName: index.requiredText('IndexName'),
      KeySchema: keySchema(index),
      Projection: {
        ProjectionType: projection.requiredText('ProjectionType') as ProjectionType,
        ...(attributes.length > 0 && { NonKeyAttributes: attributes }),
      },
    };
  });
  return definitions.length > 0 ? definitions : undefined;
}
