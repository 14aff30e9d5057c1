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
import type { EventLog, UnreadableHistory } from './event-log';
import type { UniqueClaim } from './unique-claim';

/** The event log in DynamoDB: one item for each event; claims and the records of accepted commands in tables beside it. */
export class DynamoEventLog implements EventLog {
  /** @param registry of the events that are written, and of those that are read to be understood */
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

    events.forEach((event) => {
      this.registry.ensureReleased(event);
    });
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
      events.push(...toEvents(Items as EventItem[], this.registry));
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

    return toEvents(Items as EventItem[], this.registry).reverse();
  }

  async *readAll(onUnreadable = fail): AsyncGenerator<readonly Event[]> {
    for await (const items of this.itemsByAggregate()) {
      const history = historyOf(items);

      if ('error' in history) {
        onUnreadable(history);
      } else {
        yield history;
      }
    }
  }

  /** A scan answers the items of one partition one after another, in the order of their sort key. */
  private async *itemsByAggregate(): AsyncGenerator<readonly EventItem[]> {
    const pages = paginateScan({ client: this.client }, { TableName: this.tables.events, ConsistentRead: true });
    let items: EventItem[] = [];

    for await (const { Items = [] } of pages) {
      for (const item of Items as EventItem[]) {
        if (items[0] && items[0].id !== item.id) {
          yield items;
          items = [];
        }
        items.push(item);
      }
    }
    if (items.length > 0) {
      yield items;
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

function historyOf(items: readonly EventItem[]): readonly Event[] | UnreadableHistory {
  try {
    return toEvents(items);
  } catch (error) {
    return { aggregateId: items[0]?.id ?? '', error: error as Error };
  }
}

function fail({ error }: UnreadableHistory): void {
  throw error;
}

function toEvents(items: readonly EventItem[], registry?: EventRegistry): Event[] {
  return items.map((item) => decodeItem(item, registry));
}
