import {
  type DynamoDBDocumentClient,
  paginateQuery,
  paginateScan,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

import type { IdempotencyRecord } from '../commands/idempotency-record';
import { refusalsOf } from '../dynamo/refusals';
import type { Event, Uuid } from '../events/event';
import { decodeItem } from '../events/event-decoder';
import type { EventItem } from '../events/event-item';
import type { EventRegistry } from '../events/event-registry';
import { type AppendEntries, type AppendTables, checksOf, putsOf } from './append-puts';
import { isStored, refusalError } from './append-refusal';
import type { Consulted } from './consulted';
import type { EventLog } from './event-log';
import type { UniqueClaim } from './unique-claim';

/** The event log in DynamoDB: one item for each event; claims and the records of accepted commands in tables beside it. */
export class DynamoEventLog implements EventLog {
  /** @param registry of the events that are read to be understood */
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tables: AppendTables,
    private readonly registry: EventRegistry,
  ) {}

  async append(
    events: readonly Event[],
    claims: readonly UniqueClaim[] = [],
    record?: IdempotencyRecord,
    consulted: readonly Consulted[] = [],
  ): Promise<void> {
    const entries = { events, claims, record, consulted };

    try {
      await this.write(entries);
    } catch (error) {
      const refusals = refusalsOf(error);

      if (!refusals) {
        throw error;
      }
      // The write took effect, its answer was lost, and the SDK's own retry met what the first attempt had written.
      if (!isStored(events, refusals)) {
        throw refusalError(error, refusals, entries);
      }
    }
  }

  async read(id: Uuid, from = 1, to = Number.MAX_SAFE_INTEGER): Promise<Event[]> {
    const pages = paginateQuery(
      { client: this.client },
      {
        TableName: this.tables.events,
        ConsistentRead: true,
        KeyConditionExpression: '#id = :id AND #version BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#id': 'id', '#version': '$version' },
        ExpressionAttributeValues: { ':id': id, ':from': from, ':to': to },
      },
    );
    const events: Event[] = [];

    for await (const { Items = [] } of pages) {
      events.push(...toEvents(Items, this.registry));
    }
    return events;
  }

  async readNewest(id: Uuid, count: number): Promise<Event[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.events,
        ConsistentRead: true,
        KeyConditionExpression: '#id = :id',
        ExpressionAttributeNames: { '#id': 'id' },
        ExpressionAttributeValues: { ':id': id },
        ScanIndexForward: false,
        Limit: count,
      }),
    );

    return toEvents(Items, this.registry).reverse();
  }

  /** A scan answers the items of one partition one after another, in the order of their sort key. */
  async *readAll(): AsyncGenerator<readonly Event[]> {
    const pages = paginateScan({ client: this.client }, { TableName: this.tables.events, ConsistentRead: true });
    let history: Event[] = [];

    for await (const { Items = [] } of pages) {
      for (const event of toEvents(Items)) {
        if (history[0] && history[0].id !== event.id) {
          yield history;
          history = [];
        }
        history.push(event);
      }
    }
    if (history.length > 0) {
      yield history;
    }
  }

  /** A single item needs no transaction, which would cost twice as much. */
  private async write(entries: AppendEntries): Promise<void> {
    const puts = putsOf(entries, this.tables);
    const checks = checksOf(entries, this.tables);
    const [first, ...rest] = puts;

    if (first && rest.length === 0 && checks.length === 0) {
      await this.client.send(new PutCommand(first));
      return;
    }
    await this.client.send(
      new TransactWriteCommand({
        TransactItems: [...puts.map((put) => ({ Put: put })), ...checks.map((check) => ({ ConditionCheck: check }))],
      }),
    );
  }
}

function toEvents(items: readonly Record<string, unknown>[], registry?: EventRegistry): Event[] {
  return items.map((item) => decodeItem(item as unknown as EventItem, registry));
}
