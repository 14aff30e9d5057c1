import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  DynamoDBDocumentClient,
  paginateQuery,
  paginateScan,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

import { AlreadyAcceptedError } from '../errors/already-accepted.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { ThrottledError } from '../errors/throttled.error';
import { ClaimTakenError } from '../errors/claim-taken.error';
import type { IdempotencyRecord } from '../commands/idempotency-record';
import type { Event, Uuid } from '../events/event';
import { decodeItem } from '../events/event-decoder';
import { type EventItem, toItem } from '../events/event-item';
import { type Refusal, refusalsOf } from '../dynamo/refusals';
import type { EventLog } from './event-log';
import type { UniqueClaim } from './unique-claim';

// Reasons of a cancelled transaction.
const THROTTLED = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']);

/** What one append writes. */
interface Entries {
  readonly events: readonly Event[];
  readonly claims: readonly UniqueClaim[];
  readonly record: IdempotencyRecord | undefined;
}

/** The event log in DynamoDB: one item for each event; claims and the records of accepted commands in tables beside it. */
export class DynamoEventLog implements EventLog {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tables: { readonly events: string; readonly claims: string; readonly records: string },
  ) {}

  async append(
    events: readonly Event[],
    claims: readonly UniqueClaim[] = [],
    record?: IdempotencyRecord,
  ): Promise<void> {
    const entries = { events, claims, record };

    try {
      await this.write([
        ...events.map((event) => this.putNew(this.tables.events, toItem(event), 'id')),
        ...claims.map((claim) => this.putNew(this.tables.claims, toClaimItem(claim), 'constraint')),
        ...(record ? [this.putRecord(record)] : []),
      ]);
    } catch (error) {
      const refusals = refusalsOf(error);

      if (!refusals) {
        throw error;
      }
      // The write took effect, its answer was lost, and the SDK's own retry met what the first attempt had written.
      if (!isStored(events, refusals)) {
        throw translate(error, refusals, entries);
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
      events.push(...toEvents(Items));
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

    return toEvents(Items).reverse();
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
  private async write(puts: readonly PutCommandInput[]): Promise<void> {
    const [first, ...rest] = puts;

    if (first && rest.length === 0) {
      await this.client.send(new PutCommand(first));
    } else {
      await this.client.send(new TransactWriteCommand({ TransactItems: puts.map((put) => ({ Put: put })) }));
    }
  }

  /** A put that fails, telling what is there, when the key exists. */
  private putNew(table: string, item: object, key: string): PutCommandInput {
    return {
      TableName: table,
      Item: { ...item },
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': key },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
  }

  /** A put that fails when the key has a record that has not expired. */
  private putRecord(record: IdempotencyRecord): PutCommandInput {
    return {
      TableName: this.tables.records,
      Item: record,
      ConditionExpression: 'attribute_not_exists(#key) OR #expiresAt <= :now',
      ExpressionAttributeNames: { '#key': 'key', '#expiresAt': 'expiresAt' },
      ExpressionAttributeValues: { ':now': record.acceptedAt },
    };
  }
}

/** The table has always called a claim's key `constraint`. */
function toClaimItem({ key, owner }: UniqueClaim) {
  return { constraint: key, owner };
}

function toEvents(items: readonly Record<string, unknown>[]): Event[] {
  return items.map((item) => decodeItem(item as unknown as EventItem));
}

/** Whether the first item in the way is the first of these very events; then all of them are there. */
function isStored([event]: readonly Event[], [refusal]: readonly Refusal[]): boolean {
  return (
    event !== undefined &&
    refusal?.item !== undefined &&
    decodeItem(unmarshall(refusal.item) as EventItem).eventId === event.eventId
  );
}

/** Whether the claim in the way is the claimant's own: a twin of this request is being committed. */
function isOwn(claim: UniqueClaim, refusal: Refusal | undefined): boolean {
  return refusal?.item !== undefined && unmarshall(refusal.item).owner === claim.owner;
}

function translate(error: unknown, refusals: readonly Refusal[], { events, claims, record }: Entries): unknown {
  const isTaken = (index: number) => refusals[index]?.code === 'ConditionalCheckFailed';
  const claim = claims.find((_, index) => isTaken(events.length + index));

  // What was accepted before has its answer, whatever has become of its aggregate since.
  if (record && isTaken(events.length + claims.length)) {
    return new AlreadyAcceptedError('A command with this idempotency key has been accepted.', { cause: error });
  }
  // An id that is there already says more than a claim that is taken: the aggregate may hold that claim itself.
  if (events.some((_, index) => isTaken(index))) {
    return new ConcurrencyError(`${nameOf(events)} has changed meanwhile.`, { cause: error });
  }
  if (claim && !isOwn(claim, refusals[events.length + claims.indexOf(claim)])) {
    return new ClaimTakenError(claim.key, { cause: error });
  }
  if (claim || refusals.some(({ code }) => code === 'TransactionConflict')) {
    return new ConcurrencyError(`${nameOf(events)} is being changed by somebody else.`, { cause: error });
  }
  if (refusals.some(({ code }) => THROTTLED.has(code))) {
    return new ThrottledError('The event log takes no more writes just now. Try again later.', { cause: error });
  }
  return error;
}

function nameOf(events: readonly Event[]): string {
  return `The aggregate ${events[0]?.id ?? ''}`;
}
