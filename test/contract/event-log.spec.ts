import { randomUUID } from 'node:crypto';

import {
  DynamoDBClient,
  ResourceNotFoundException,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

import { idempotencyRecord } from '../../src/event-store/commands/idempotency-record';
import { IdempotencyRecords } from '../../src/event-store/commands/idempotency-records';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { AlreadyAcceptedError } from '../../src/event-store/errors/already-accepted.error';
import { ClaimTakenError } from '../../src/event-store/errors/claim-taken.error';
import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { IdempotencyKeyReusedError } from '../../src/event-store/errors/idempotency-key-reused.error';
import { ThrottledError } from '../../src/event-store/errors/throttled.error';
import { UnknownEventError } from '../../src/event-store/errors/unknown-event.error';
import { DynamoEventLog } from '../../src/event-store/event-log/dynamo-event-log';
import { uniqueClaim } from '../../src/event-store/event-log/unique-claim';
import type { Event } from '../../src/event-store/events/event';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import { AccountDeposited, AccountOpened } from '../support/account';
import { recorded } from '../support/events';
import { type Attempt, injectFault, lostAnswer } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

const TABLES = { events: 'EventLog', claims: 'set-validations', records: 'idempotency-records' };
const REGISTRY = new EventRegistry([AccountOpened, AccountDeposited]);

describe('DynamoEventLog', () => {
  let cloud: TestCloud;
  let documents: DynamoDBDocumentClient;
  let log: DynamoEventLog;

  beforeAll(async () => {
    cloud = await startTestTables();
    documents = documentClient(cloud.clients.dynamodb);
    log = new DynamoEventLog(documents, TABLES, REGISTRY);
  });

  afterAll(() => cloud.stop());

  const opened = (id: string, owner = `owner of ${id}`) => recorded(new AccountOpened(id, owner), 1);
  const claimOf = ({ id, owner }: AccountOpened) => uniqueClaim('bank/account#owner', owner, id);
  const claimed = async (constraint: string) =>
    (await documents.send(new GetCommand({ TableName: 'set-validations', Key: { constraint }, ConsistentRead: true })))
      .Item;

  const metadata = { $metadata: {}, message: 'refused' };
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({ ...metadata, CancellationReasons: codes.map((Code) => ({ Code })) });

  /** Lets `fault` answer while `work` runs. */
  async function under<T>(fault: (attempt: Attempt) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
    const mend = injectFault(documents, fault);

    try {
      return await work();
    } finally {
      mend();
    }
  }

  /** The first request takes effect, and its answer never arrives. */
  function losingOneAnswer(): (attempt: Attempt) => Promise<unknown> {
    let isLost = false;

    return async ({ send }) => {
      const answer = await send();

      if (!isLost) {
        isLost = true;
        throw lostAnswer();
      }
      return answer;
    };
  }

  describe('when events are appended', () => {
    it('stores one item for each, of the public shape', async () => {
      const event = opened(randomUUID());

      await log.append([event]);

      const { Items } = await documents.send(
        new QueryCommand({
          TableName: 'EventLog',
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': event.id },
        }),
      );
      expect(Items).toEqual([
        {
          id: event.id,
          $version: 1,
          timestamp: '2026-01-01T00:00:01.000Z',
          event: {
            $name: 'org/bank/account/opened',
            $version: 1,
            id: event.id,
            owner: event.owner,
            eventId: event.eventId,
            timestamp: '2026-01-01T00:00:01.000Z',
            correlationId: 'test',
            causationId: 'test',
            enrichmentData: [],
          },
        },
      ]);
    });

    it('reads them back in their order, and only the versions asked for', async () => {
      const id = randomUUID();
      const events = [opened(id), ...[2, 3, 4].map((version) => recorded(new AccountDeposited(id, 5), version))];

      await log.append(events);

      expect(await log.read(id)).toEqual(events.map((event) => ({ ...event })));
      expect((await log.read(id, 2, 3)).map(({ $version }) => $version)).toEqual([2, 3]);
      expect((await log.read(id, 4)).map(({ $version }) => $version)).toEqual([4]);
    });

    it('refuses a version that is there, and writes none of them', async () => {
      const id = randomUUID();
      const [first, second] = [opened(id), recorded(new AccountDeposited(id, 5), 2)];

      await log.append([first]);

      await expect(log.append([opened(id), second])).rejects.toThrow(ConcurrencyError);
      expect(await log.read(id)).toEqual([{ ...first }]);
    });

    it('lets exactly one of many rivals have a version', async () => {
      const id = randomUUID();
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => log.append([opened(id)])));

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await log.read(id)).toHaveLength(1);
    });
  });

  describe('when an event is appended that is announced and not released', () => {
    it('refuses before it asks anything of the database', async () => {
      const registry = new EventRegistry([AccountOpened, AccountDeposited], new Set([AccountDeposited.$name]));
      const careful = new DynamoEventLog(documents, TABLES, registry);
      const id = randomUUID();
      const events = [opened(id), recorded(new AccountDeposited(id, 1), 2)];

      await expect(careful.append(events)).rejects.toThrow(UnknownEventError);
      expect(await log.read(id)).toEqual([]);
      await log.append(events);
      expect(await careful.read(id)).toHaveLength(2);
    });
  });

  describe('when a claim is made with the events', () => {
    it('names its owner', async () => {
      const event = opened(randomUUID());

      await log.append([event], [claimOf(event)]);

      expect(await claimed(`bank/account#owner:${event.owner}`)).toEqual({
        constraint: `bank/account#owner:${event.owner}`,
        owner: event.id,
      });
    });

    it("refuses somebody else's value and appends nothing", async () => {
      const first = opened(randomUUID());
      const second = opened(randomUUID(), first.owner);

      await log.append([first], [claimOf(first)]);

      await expect(log.append([second], [claimOf(second)])).rejects.toThrow(ClaimTakenError);
      expect(await log.read(second.id)).toEqual([]);
      expect(await claimed(claimOf(first).key)).toMatchObject({ owner: first.id });
    });

    it('claims nothing when the events are refused', async () => {
      const first = opened(randomUUID());
      const second = opened(first.id, `other-${first.owner}`);

      await log.append([first]);

      await expect(log.append([second], [claimOf(second)])).rejects.toThrow(ConcurrencyError);
      expect(await claimed(claimOf(second).key)).toBeUndefined();
    });
  });

  describe('when the acceptance of a command is recorded with the events', () => {
    const recordOf = (key: string, acceptedAt = 1_000) => ({
      ...idempotencyRecord({ key, fingerprint: 'f-1' }, { id: 'account', version: 1 }, new Date(acceptedAt * 1_000)),
    });
    const stored = async (key: string) =>
      (await documents.send(new GetCommand({ TableName: TABLES.records, Key: { key }, ConsistentRead: true }))).Item;

    it('keeps key, fingerprint and result, for 24 hours', async () => {
      const [event, key] = [opened(randomUUID()), randomUUID()];

      await log.append([event], [claimOf(event)], recordOf(key));

      expect(await stored(key)).toEqual({
        key,
        fingerprint: 'f-1',
        id: 'account',
        version: 1,
        acceptedAt: 1_000,
        expiresAt: 1_000 + 24 * 60 * 60,
      });
      expect(await claimed(claimOf(event).key)).toBeDefined();
    });

    it('appends nothing for a key that has a record', async () => {
      const [first, second, key] = [opened(randomUUID()), opened(randomUUID()), randomUUID()];

      await log.append([first], [], recordOf(key));

      await expect(log.append([second], [claimOf(second)], recordOf(key))).rejects.toThrow(AlreadyAcceptedError);
      expect(await log.read(second.id)).toEqual([]);
      expect(await claimed(claimOf(second).key)).toBeUndefined();
    });

    it('tells that it was accepted, rather than that its version is there', async () => {
      const [id, key] = [randomUUID(), randomUUID()];

      await log.append([opened(id)], [], recordOf(key));

      await expect(log.append([opened(id)], [], recordOf(key))).rejects.toThrow(AlreadyAcceptedError);
    });

    it('records nothing when the events are refused', async () => {
      const [id, key] = [randomUUID(), randomUUID()];

      await log.append([opened(id)]);

      await expect(log.append([opened(id)], [], recordOf(key))).rejects.toThrow(ConcurrencyError);
      expect(await stored(key)).toBeUndefined();
    });

    it('takes a record past its time for absent', async () => {
      const [first, second, key] = [opened(randomUUID()), opened(randomUUID()), randomUUID()];
      const day = 24 * 60 * 60;

      await log.append([first], [], recordOf(key));

      await expect(log.append([second], [], recordOf(key, 1_000 + day - 1))).rejects.toThrow(AlreadyAcceptedError);
      await log.append([second], [], recordOf(key, 1_000 + day));
      expect(await stored(key)).toMatchObject({ acceptedAt: 1_000 + day });
    });

    it('records an acceptance that has no events', async () => {
      const key = randomUUID();

      await log.append([], [], recordOf(key));

      expect(await stored(key)).toMatchObject({ version: 1 });
      await expect(log.append([], [], recordOf(key))).rejects.toThrow(AlreadyAcceptedError);
    });

    it('succeeds with one event when the answer is lost', async () => {
      const [event, key] = [opened(randomUUID()), randomUUID()];

      await under(losingOneAnswer(), () => log.append([event], [], recordOf(key)));

      expect(await log.read(event.id)).toEqual([{ ...event }]);
      expect(await stored(key)).toBeDefined();
    });

    describe('and it is asked for', () => {
      const resultOf = (key: string, fingerprint: string, later = 0) =>
        new IdempotencyRecords(documents, TABLES.records, () => new Date((1_000 + later) * 1_000)).resultOf({
          key,
          fingerprint,
        });

      it.each([
        ['within its time', 24 * 60 * 60 - 1, { id: 'account', version: 1 }],
        ['past its time', 24 * 60 * 60, undefined],
      ])('gives the result of the same command %s: after %i s', async (_, later, result) => {
        const key = randomUUID();

        await log.append([], [], recordOf(key));

        expect(await resultOf(key, 'f-1', later)).toEqual(result);
      });

      it('waits for an append that is under way', async () => {
        const key = randomUUID();
        let conflicts = 2;

        await log.append([], [], recordOf(key));
        const result = await under(
          ({ send }) => (conflicts-- > 0 ? Promise.reject(cancelled('TransactionConflict')) : send()),
          () => resultOf(key, 'f-1'),
        );

        expect([result, conflicts]).toEqual([{ id: 'account', version: 1 }, -1]);
      });

      it('refuses another command with the key, and knows nothing of another key', async () => {
        const key = randomUUID();

        await log.append([], [], recordOf(key));

        await expect(resultOf(key, 'f-2')).rejects.toThrow(IdempotencyKeyReusedError);
        expect(await resultOf(randomUUID(), 'f-1')).toBeUndefined();
      });
    });
  });

  describe('when the answer is lost after the append took effect', () => {
    it('succeeds with one event, for a single event', async () => {
      const event = opened(randomUUID());

      await under(losingOneAnswer(), () => log.append([event]));

      expect(await log.read(event.id)).toEqual([{ ...event }]);
    });

    it('succeeds with one event, for an event with a claim', async () => {
      const event = opened(randomUUID());

      await under(losingOneAnswer(), () => log.append([event], [claimOf(event)]));

      expect(await log.read(event.id)).toEqual([{ ...event }]);
    });

    it('succeeds when the same events are appended again by hand', async () => {
      const event = opened(randomUUID());

      await log.append([event], [claimOf(event)]);
      await log.append([event], [claimOf(event)]);

      expect(await log.read(event.id)).toEqual([{ ...event }]);
    });
  });

  describe('when DynamoDB refuses', () => {
    it.each([
      ['a transaction in progress on the item', new TransactionConflictException(metadata), ConcurrencyError],
      ['a conflict as a reason', cancelled('None', 'TransactionConflict'), ConcurrencyError],
      ['throttling as a reason', cancelled('ThrottlingError', 'None'), ThrottledError],
    ])('tells %s', async (_, error, expected) => {
      const event = opened(randomUUID());
      const appended = under(
        () => Promise.reject(error),
        () => log.append([event], [claimOf(event)]),
      );

      await expect(appended).rejects.toThrow(expected);
      expect(await log.read(event.id)).toEqual([]);
    });

    it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
      'tells %s, when the SDK has given up',
      async (name) => {
        const client = new DynamoDBClient({ maxAttempts: 1 });
        const throttled = new DynamoEventLog(documentClient(client), TABLES, REGISTRY);

        injectFault(client, () => Promise.reject(Object.assign(new Error('busy'), { name })));

        await expect(throttled.append([opened(randomUUID())])).rejects.toThrow(ThrottledError);
        await expect(throttled.read(randomUUID())).rejects.toThrow(ThrottledError);
        client.destroy();
      },
    );

    it('tells a claim of its own, which a twin of the request is committing, as a conflict', async () => {
      const event = opened(randomUUID());
      const claim = claimOf(event);
      const error = new TransactionCanceledException({
        ...metadata,
        CancellationReasons: [
          { Code: 'TransactionConflict' },
          { Code: 'ConditionalCheckFailed', Item: { constraint: { S: claim.key }, owner: { S: event.id } } },
        ],
      });

      await expect(
        under(
          () => Promise.reject(error),
          () => log.append([event], [claim]),
        ),
      ).rejects.toThrow(ConcurrencyError);
    });

    it('passes on what it does not know', async () => {
      const error = new ResourceNotFoundException({ ...metadata, message: 'no such table' });

      await expect(
        under(
          () => Promise.reject(error),
          () => log.append([opened(randomUUID())]),
        ),
      ).rejects.toBe(error);
    });
  });

  it('reads every aggregate beside an item with numbers that JavaScript does not have', async () => {
    const [strange, event] = [randomUUID(), opened(randomUUID())];
    const N = '12345678901234567890.5';
    const read: string[] = [];

    await log.append([event]);
    await cloud.clients.dynamodb.send(
      new PutItemCommand({
        TableName: 'EventLog',
        Item: {
          id: { S: strange },
          $version: { N: '1' },
          event: { M: { $name: { S: event.$name }, amount: { N } } },
        },
      }),
    );
    for await (const [{ id }] of log.readAll() as AsyncIterable<[Event]>) {
      read.push(id);
    }

    expect(read).toEqual(expect.arrayContaining([strange, event.id]));
    expect(await log.read(strange)).toMatchObject([{ amount: Number(N) }]);
  });

  describe('given a log from before eventId, correlationId, causationId and metadata', () => {
    it('reads its events', async () => {
      const id = randomUUID();
      const event = { $name: 'org/bank/account/opened', $version: 1, owner: 'Ada', id };

      await documents.send(
        new PutCommand({
          TableName: 'EventLog',
          Item: { id, $version: 1, timestamp: '2019-12-30T22:33:01.788Z', event },
        }),
      );

      expect(await log.read(id)).toEqual([{ ...event, timestamp: '2019-12-30T22:33:01.788Z', enrichmentData: [] }]);
    });
  });

  it('refuses what this code does not know, and shows it to whoever reads all', async () => {
    const [renamed, newer] = [randomUUID(), randomUUID()];

    await log.append([{ ...opened(renamed), $name: 'org/bank/account/founded' }]);
    await log.append([{ ...opened(newer), schemaVersion: 2 }]);

    for (const id of [renamed, newer]) {
      await expect(log.read(id)).rejects.toThrow(UnknownEventError);
      await expect(log.readNewest(id, 1)).rejects.toThrow(UnknownEventError);
    }
    const all: string[] = [];

    for await (const [event] of log.readAll()) {
      all.push(event!.id);
    }
    expect(all).toEqual(expect.arrayContaining([renamed, newer]));
  });

  it('reads what was last written', async () => {
    const inputs: unknown[] = [];

    await under(
      ({ input, send }) => {
        inputs.push(input);
        return send();
      },
      () => log.read(randomUUID()),
    );

    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
  });

  /** 60 events of 30 KB: a page of a query or a scan ends at 1 MB. */
  async function storeLongLog(id: string): Promise<void> {
    const metadata = { padding: 'x'.repeat(30_000) };

    for (let version = 1; version <= 60; version += 20) {
      await log.append(
        Array.from({ length: 20 }, (_, index) => ({
          ...recorded(new AccountDeposited(id, 5), version + index),
          metadata,
        })),
      );
    }
  }

  const sixty = Array.from({ length: 60 }, (_, index) => index + 1);

  it('reads every page of a long log', async () => {
    const id = randomUUID();

    await storeLongLog(id);

    expect((await log.read(id)).map(({ $version }) => $version)).toEqual(sixty);
  });

  it('reads the newest events of a long log: as many as asked for, or as fit into a page', async () => {
    const id = randomUUID();
    const newest = async (count: number) => (await log.readNewest(id, count)).map(({ $version }) => $version);

    expect(await newest(5)).toEqual([]);
    await storeLongLog(id);

    expect(await newest(5)).toEqual([56, 57, 58, 59, 60]);
    const page = await newest(100);
    expect(page.length).toBeGreaterThan(20);
    expect(page).toEqual(sixty.slice(-page.length));
  });

  it('reads all aggregates, the events of each together and in order, over all pages', async () => {
    const [long, ...others] = Array.from({ length: 20 }, () => randomUUID()) as [string, ...string[]];
    const streams: (readonly Event[])[] = [];

    await storeLongLog(long);
    for (const id of others) {
      await log.append([opened(id), recorded(new AccountDeposited(id, 5), 2)]);
    }
    for await (const stream of log.readAll()) {
      streams.push(stream);
    }

    const versionsOf = (id: string) =>
      streams.filter(([first]) => first!.id === id).map((s) => s.map((e) => e.$version));
    expect(versionsOf(long)).toEqual([sixty]);
    expect(others.map(versionsOf)).toEqual(others.map(() => [[1, 2]]));
    expect(streams.every((stream) => stream.every(({ id }) => id === stream[0]!.id))).toBe(true);
  });
});
