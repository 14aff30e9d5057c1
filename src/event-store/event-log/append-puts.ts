import type { PutCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

import type { IdempotencyRecord } from '../commands/idempotency-record';
import type { Event } from '../events/event';
import { toItem } from '../events/event-item';
import type { Consulted } from './consulted';
import type { UniqueClaim } from './unique-claim';

type ConditionCheck = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['ConditionCheck']>;

/** What one append writes, and what it rests on. */
export interface AppendEntries {
  readonly events: readonly Event[];
  readonly claims: readonly UniqueClaim[];
  readonly record: IdempotencyRecord | undefined;
  readonly consulted: readonly Consulted[];
}

/** Names of the tables that an append writes to. */
export interface AppendTables {
  readonly events: string;
  readonly claims: string;
  readonly records: string;
}

/** The puts of an append: its events first, then its claims, then its record. Each fails where its key is taken. */
export function putsOf({ events, claims, record }: AppendEntries, tables: AppendTables): PutCommandInput[] {
  return [
    ...events.map((event) => putNew(tables.events, toItem(event), 'id')),
    ...claims.map((claim) => putNew(tables.claims, toClaimItem(claim), 'constraint')),
    ...(record ? [putRecord(tables.records, record)] : []),
  ];
}

/** The checks of an append, which follow its puts: each fails where the consulted aggregate has a further event. */
export function checksOf({ consulted }: AppendEntries, { events }: AppendTables): ConditionCheck[] {
  return consulted.map(({ id, version }) => ({
    TableName: events,
    Key: { id, $version: version + 1 },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'id' },
  }));
}

/** A put that fails, telling what is there, when the key exists. */
function putNew(table: string, item: object, key: string): PutCommandInput {
  return {
    TableName: table,
    Item: { ...item },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': key },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** A put that fails when the key has a record that has not expired. */
function putRecord(table: string, record: IdempotencyRecord): PutCommandInput {
  return {
    TableName: table,
    Item: record,
    ConditionExpression: 'attribute_not_exists(#key) OR #expiresAt <= :now',
    ExpressionAttributeNames: { '#key': 'key', '#expiresAt': 'expiresAt' },
    ExpressionAttributeValues: { ':now': record.acceptedAt },
  };
}

/** The table has always called a claim's key `constraint`. */
function toClaimItem({ key, owner }: UniqueClaim) {
  return { constraint: key, owner };
}
