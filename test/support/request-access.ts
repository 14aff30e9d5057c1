/** What IAM asks whether the caller may: an action on a resource, by the name that the request gives it. */
export interface Access {
  readonly action: string;
  readonly resource: string;
}

interface Body {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly StreamName?: string;
  readonly QueueUrl?: string;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

/**
 * IAM's actions for the parts of a transaction
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
 */
const PARTS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** By the service's name in `X-Amz-Target`: what IAM asks for an operation; nothing where that is not known. */
const SERVICES: Readonly<Record<string, (operation: string, body: Body) => Access[]>> = {
  DynamoDB: (operation, { TableName, IndexName, TransactItems }) =>
    TransactItems?.flatMap(partsOf) ?? (IndexName === undefined ? access('dynamodb', operation, TableName) : []),
  Kinesis: (operation, { StreamName }) => access('kinesis', operation, StreamName),
  // There is no action for a batch: IAM asks for the one of its entries.
  AmazonSQS: (operation, { QueueUrl }) => access('sqs', operation.replace(/Batch$/, ''), QueueUrl),
};

/**
 * What IAM asks for a request of this `X-Amz-Target` and body. Throws for one that it does not know: whoever makes the first
 * such request says here what IAM asks for it.
 */
export function accessOf(target: string, body: object): Access[] {
  const [, service = '', operation = ''] = /^(DynamoDB|Kinesis|AmazonSQS)\w*\.(\w+)$/.exec(target) ?? [];
  const accesses = SERVICES[service]?.(operation, body) ?? [];

  if (accesses.length === 0) {
    throw new Error(`Expected a request whose permissions are known, got ${target} ${JSON.stringify(body)}.`);
  }
  return accesses;
}

function access(service: string, operation: string, resource: string | undefined): Access[] {
  return resource === undefined ? [] : [{ action: `${service}:${operation}`, resource }];
}

function partsOf(item: Readonly<Record<string, { readonly TableName: string }>>): Access[] {
  return Object.entries(item).flatMap(([part, { TableName }]) => access('dynamodb', PARTS[part] ?? part, TableName));
}
