import { randomUUID } from 'node:crypto';

import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { idempotencyRecord } from '../../src/event-store/commands/idempotency-record';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { AlreadyAcceptedError } from '../../src/event-store/errors/already-accepted.error';
import { BusyError } from '../../src/event-store/errors/busy.error';
import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { DynamoEventLog } from '../../src/event-store/event-log/dynamo-event-log';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import { AccountDeposited, AccountOpened } from '../support/account';
import { recorded } from '../support/events';
import { injectFault, lostAnswer } from '../support/faults';
import { InMemoryEventLog } from '../support/in-memory-event-log';
import { startTestTables, type TestCloud } from '../support/test-cloud';

const TABLES = { events: 'EventLog', claims: 'set-validations', records: 'idempotency-records' };

describe('What an append rests on', () => {
  let cloud: TestCloud;
  let documents: DynamoDBDocumentClient;

  beforeAll(async () => {
    cloud = await startTestTables();
    documents = documentClient(cloud.clients.dynamodb);
  });

  afterAll(() => cloud.stop());

  const opened = () => recorded(new AccountOpened(randomUUID(), 'Ada'), 1);
  const deposited = (id: string, version: number) => recorded(new AccountDeposited(id, 5), version);
  const recordOf = (key: string) =>
    idempotencyRecord({ key, fingerprint: 'f-1' }, { id: 'account', version: 1 }, new Date(1_000_000));

  const inDynamoDb = () => new DynamoEventLog(documents, TABLES, new EventRegistry([AccountOpened, AccountDeposited]));
  const inMemory = () => new InMemoryEventLog();

  describe.each<[string, () => EventLog]>([
    ['DynamoEventLog', inDynamoDb],
    ['InMemoryEventLog', inMemory],
  ])('in a %s', (_, create) => {
    let log: EventLog;
    let role: AccountOpened;

    beforeEach(async () => {
      log = create();
      role = opened();
      await log.append([role]);
    });

    const at = (version: number) => [{ id: role.id, version }];

    it('lets an append through while what it consulted stands as it was', async () => {
      const event = opened();

      await log.append([event], [], undefined, at(1));

      expect(await log.read(event.id)).toEqual([{ ...event }]);
      expect(await log.read(role.id)).toEqual([{ ...role }]);
    });

    it('refuses it once that has changed, and appends nothing', async () => {
      const [event, key] = [opened(), randomUUID()];

      await log.append([deposited(role.id, 2)]);

      await expect(log.append([event], [], recordOf(key), at(1))).rejects.toThrow(ConcurrencyError);
      expect(await log.read(event.id)).toEqual([]);
      await log.append([event], [], recordOf(key), at(2));
      expect(await log.read(event.id)).toHaveLength(1);
    });

    it('refuses an acceptance without events as well', async () => {
      await log.append([deposited(role.id, 2)]);

      await expect(log.append([], [], recordOf(randomUUID()), at(1))).rejects.toThrow(ConcurrencyError);
    });

    it('tells that a command was accepted, rather than that what it consulted has changed', async () => {
      const key = randomUUID();

      await log.append([opened()], [], recordOf(key), at(1));
      await log.append([deposited(role.id, 2)]);

      await expect(log.append([opened()], [], recordOf(key), at(1))).rejects.toThrow(AlreadyAcceptedError);
    });

    it('knows its own events again, though what they rest on has changed since', async () => {
      const event = opened();

      await log.append([event], [], undefined, at(1));
      await log.append([deposited(role.id, 2)]);
      await log.append([event], [], undefined, at(1));

      expect(await log.read(event.id)).toHaveLength(1);
    });

    it('lets exactly one of two get through that consult each other', async () => {
      const other = opened();

      await log.append([other]);
      const results = await Promise.allSettled([
        log.append([deposited(role.id, 2)], [], undefined, [{ id: other.id, version: 1 }]),
        log.append([deposited(other.id, 2)], [], undefined, at(1)),
      ]);

      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('in DynamoDB', () => {
    it('succeeds when the answer is lost, and what was consulted changes before the SDK tries again', async () => {
      const log = inDynamoDb();
      const [role, event] = [opened(), opened()];
      let requests = 0;

      await log.append([role]);
      const mend = injectFault(documents, async ({ send }) => {
        if (++requests > 1) {
          return send();
        }
        await send();
        await log.append([deposited(role.id, 2)]);
        throw lostAnswer();
      });

      await log.append([event], [], undefined, [{ id: role.id, version: 1 }]);
      mend();

      expect(requests).toBe(3); // with the change in between
      expect(await log.read(event.id)).toEqual([{ ...event }]);
    });

    it.each([
      ['a writer', new TransactionConflictException({ $metadata: {}, message: 'conflict' })],
      [
        'another that consults it',
        new TransactionCanceledException({
          $metadata: {},
          message: 'cancelled',
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        }),
      ],
    ])('tells that what it consulted is in use by %s', async (_, error) => {
      const log = inDynamoDb();
      const [role, event] = [opened(), opened()];

      await log.append([role]);
      const mend = injectFault(documents, () => Promise.reject(error));

      await expect(log.append([event], [], undefined, [{ id: role.id, version: 1 }])).rejects.toThrow(BusyError);
      mend();
      expect(await log.read(event.id)).toEqual([]);
    });
  });
});
