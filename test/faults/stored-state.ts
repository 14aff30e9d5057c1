import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { UniqueClaim } from '../../src/event-store/event-log/unique-claim';
import type { Event } from '../../src/event-store/events/event';
import { decodeItem } from '../../src/event-store/events/event-decoder';
import type { EventItem } from '../../src/event-store/events/event-item';
import type { Snapshot } from '../../src/event-store/snapshots/snapshot';
import { type AccountProjection, bank, type BranchProjection, type Holding } from '../support/bank.module';
import type { TestCloud } from '../support/test-cloud';

/** All that the tables hold. */
export interface StoredState {
  /** Each aggregate's events in the order of their versions, by its id. */
  readonly streams: ReadonlyMap<string, readonly Event[]>;
  readonly claims: readonly UniqueClaim[];
  readonly accounts: readonly AccountProjection[];
  readonly branches: readonly BranchProjection[];
  readonly holdings: readonly Holding[];
  readonly snapshots: readonly Snapshot[];
  readonly checkpoints: readonly { readonly handler: string; readonly id: string; readonly version: number }[];
}

const EVENTS: ReadonlySet<string> = new Set(bank.events.map(({ $name }) => $name));

/** The tables by the variables that name them, and their keys. */
const KEYS = {
  eventLogTable: ['id', '$version'],
  setValidationsTable: ['constraint'],
  projectionAccountsTable: ['id'],
  projectionBranchesTable: ['id'],
  portfoliosTable: ['owner', 'accountId'],
  checkpointsTable: ['handler', 'id'],
  snapshotsTable: ['id'],
  idempotencyTable: ['key'],
} as const;
type Table = keyof typeof KEYS;

export async function readState({ clients }: TestCloud): Promise<StoredState> {
  const client = documentClient(clients.dynamodb);
  const items = (await scan<EventItem>(client, 'eventLogTable')).filter(isOfBank);
  const events = items.map((item) => decodeItem(item));
  const inOrder = events.toSorted((one, other) => one.$version - other.$version);

  return {
    streams: Map.groupBy(inOrder, ({ id }) => id),
    claims: (await scan<{ constraint: string; owner: string }>(client, 'setValidationsTable')).map(
      ({ constraint: key, owner }) => ({ key, owner }),
    ),
    accounts: await scan(client, 'projectionAccountsTable'),
    branches: await scan(client, 'projectionBranchesTable'),
    holdings: await scan(client, 'portfoliosTable'),
    checkpoints: await scan(client, 'checkpointsTable'),
    snapshots: (await scan<Snapshot & { scope: string }>(client, 'snapshotsTable')).map(({ scope, ...snapshot }) => ({
      ...snapshot,
      aggregateType: scope,
    })),
  };
}

/** Others may have put there what is no event, or none of ours. */
function isOfBank({ event }: EventItem): boolean {
  return EVENTS.has(String(event.$name));
}

/** Items in the log. */
export async function countItems({ clients }: TestCloud): Promise<number> {
  const client = documentClient(clients.dynamodb);
  const input = { TableName: process.env.eventLogTable!, ConsistentRead: true, Select: 'COUNT' } as const;
  let events = 0;

  for await (const { Count = 0 } of paginateScan({ client }, input)) {
    events += Count;
  }
  return events;
}

/** Deletes all that the tables hold. */
export async function clearState({ clients }: TestCloud): Promise<void> {
  const client = documentClient(clients.dynamodb);

  for (const table of Object.keys(KEYS) as Table[]) {
    const items = await scan<Record<string, unknown>>(client, table);

    await Promise.all(
      items.map((item) => {
        const Key = Object.fromEntries(KEYS[table].map((name) => [name, item[name]]));

        return client.send(new DeleteCommand({ TableName: process.env[table]!, Key }));
      }),
    );
  }
}

async function scan<T>(client: DynamoDBDocumentClient, table: Table): Promise<T[]> {
  const input = { TableName: process.env[table]!, ConsistentRead: true };
  const rows: T[] = [];

  for await (const { Items = [] } of paginateScan({ client }, input)) {
    rows.push(...(Items as T[]));
  }
  return rows;
}
