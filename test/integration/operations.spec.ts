import { randomUUID } from 'node:crypto';

import { PutCommand } from '@aws-sdk/lib-dynamodb';

import { queueNameOf } from '../../src/app/naming/queue-name';
import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { logger } from '../../src/app/logging/logger';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { Event } from '../../src/event-store/events/event';
import { readLag } from '../../ops/projections/lag';
import type { Progress } from '../../ops/support/progress';
import type { ProjectionInspection } from '../../ops/projections/projection-inspection';
import { rebuild } from '../../ops/projections/rebuild';
import { Replay } from '../../ops/queues/replay';
import { inspectionsOf } from '../../ops/projections/inspections-of';
import { Verification } from '../../ops/projections/verification';
import { accountLifeOf } from '../support/account-life';
import { BankApplication } from '../support/bank-application';
import { BANK_TEMPLATE } from '../support/bank.module';
import { BranchOpened } from '../support/branch';
import { recorded } from '../support/events';
import { MappedQueue } from '../support/mapped-queue';
import { injectFault } from '../support/faults';
import { drain, eventOf } from '../support/queue-messages';
import { rowsOf } from '../support/tables';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const QUEUES = ['BankAccountQueue', 'BankBranchQueue'];
const SILENT: Progress = { advance: () => undefined };

describe('Operations', () => {
  let cloud: TestCloud;
  let system: BankApplication;
  let projections: ProjectionInspection[];

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
    system = new BankApplication(cloud);
    projections = inspectionsOf(system.app.eventHandlers, system.app.events);
  });

  afterEach(async () => {
    await Promise.all(QUEUES.map(messagesIn));
    await system.empty();
  });

  afterAll(() => cloud.stop());

  const queue = (type: string) => {
    const name = queueNameOf(type);

    if (!QUEUES.includes(name)) throw new Error(`There is no ${name}.`);
    return new EventQueue(cloud.clients.sqs, cloud.attributes(name).Ref!, logger);
  };
  const replay = (progress = SILENT) => new Replay(system.log, queue, progress);
  const messagesIn = async (name: string) => (await drain(cloud, name)).map(eventOf);
  const put = (table: string, Item: object) => system.documents.send(new PutCommand({ TableName: table, Item }));

  /** What is wrong, without what it should be. */
  async function differences() {
    const { differences: found } = await new Verification(system.log, projections, SILENT).run();

    return found.map(({ projection, aggregateId, of }) => ({ projection, aggregateId, of }));
  }

  /** An account's first events, stored and projected, and a branch. */
  async function projected(count = 4): Promise<{ id: string; branchId: string; events: Event[] }> {
    const [id, branchId] = [randomUUID(), randomUUID()];
    const branch = recorded(new BranchOpened(branchId, 'Turin'), 1);
    const events = accountLifeOf(id).slice(0, count);

    await system.store(branch, ...events);
    await system.deliver(branch, ...events);
    return { id, branchId, events };
  }

  /** Projects what is in the queues until nothing differs any more. */
  async function project(): Promise<void> {
    const mappings = QUEUES.map((name) => new MappedQueue(cloud, name, (event) => system.project(event)));

    try {
      expect(await differences()).toEqual([]);
    } finally {
      await Promise.all(mappings.map((mapping) => mapping.stop()));
    }
  }

  describe('verification', () => {
    it('given projections that follow the log, then finds nothing', async () => {
      await projected();
      await projected(6);

      expect(await differences()).toEqual([]);
    });

    it('given rows that are wrong, missing or nobody’s, then names each', async () => {
      const [wrong, missing, stranger] = [await projected(), await projected(), randomUUID()];
      const row = await system.accounts.get(wrong.id);
      const holding = { owner: 'Grace', accountId: missing.id };

      await put('projection-accounts', { ...row, owner: 'Eve' });
      await system.accounts.remove(missing.id);
      await put('projection-portfolios', { ...holding, timestamp: 'ever' });
      await put('projection-portfolios', { owner: 'Nobody', accountId: wrong.id });
      await put('projection-branches', { id: stranger, town: 'Nowhere', version: 1 });

      expect(new Set(await differences())).toEqual(
        new Set([
          { projection: 'AccountProjection', aggregateId: wrong.id, of: JSON.stringify({ id: wrong.id }) },
          { projection: 'AccountProjection', aggregateId: missing.id, of: 'checkpoint' },
          { projection: 'portfolios', aggregateId: missing.id, of: JSON.stringify(holding) },
          {
            projection: 'portfolios',
            aggregateId: wrong.id,
            of: JSON.stringify({ owner: 'Nobody', accountId: wrong.id }),
          },
          { projection: 'BranchProjection', aggregateId: stranger, of: 'checkpoint' },
          { projection: 'BranchProjection', aggregateId: stranger, of: JSON.stringify({ id: stranger }) },
        ]),
      );
    }, 60_000);

    it('given an event that is on its way, then waits for it', async () => {
      const { id } = await projected(4);
      const [next] = accountLifeOf(id).slice(4) as [Event];

      await system.store(next);
      const verifying = differences();
      await system.deliver(next);

      expect(await verifying).toEqual([]);
    });
  });

  describe('lag', () => {
    it('counts what is in the log and what of it is not projected, by what each projection is made of', async () => {
      const { id } = await projected(4);
      const [fifth, sixth] = accountLifeOf(id).slice(4) as [Event, Event];

      await system.store(fifth, sixth);

      expect(await readLag(system.log, projections, SILENT)).toEqual({
        aggregates: 2,
        events: 7,
        unreadable: 0,
        lags: [
          { projection: 'AccountProjection', aggregates: 1, events: 2, oldest: fifth.timestamp },
          { projection: 'BranchProjection', aggregates: 0, events: 0 },
          // An account that is closed stays in its owner's list.
          { projection: 'portfolios', aggregates: 1, events: 1, oldest: fifth.timestamp },
        ],
      });
    });
  });

  describe('replay', () => {
    it('sends all events of all aggregates to their queues, each aggregate’s in order', async () => {
      const [one, other] = [await projected(), await projected(6)];

      expect(await replay().all()).toEqual({ sent: 12, skipped: [] });

      const accounts = await messagesIn('BankAccountQueue');
      const branches = await messagesIn('BankBranchQueue');
      for (const { id, events } of [one, other]) {
        expect(accounts.filter((event) => event.id === id)).toEqual(JSON.parse(JSON.stringify(events)));
      }
      expect(branches.map(({ id }) => id).toSorted()).toEqual([one.branchId, other.branchId].toSorted());
    });

    it('sends an aggregate’s events again, though the queue has just had them', async () => {
      const { id } = await projected(3);

      await replay().aggregate(id);
      await replay().aggregate(id);

      const versions = (await messagesIn('BankAccountQueue')).map(({ $version }) => $version);
      expect(versions).toEqual([1, 2, 3, 1, 2, 3]);
    });

    it('brings what no projection has', async () => {
      const id = randomUUID();

      await system.store(...accountLifeOf(id));
      await replay().all();

      await project();
      expect(await system.accounts.get(id)).toMatchObject({ version: 6 });
    });

    it('given an id that the log does not know, then says so and sends nothing', async () => {
      await expect(replay().aggregate(randomUUID())).rejects.toThrow(NotFoundError);
      expect(await messagesIn('BankAccountQueue')).toEqual([]);
    });

    it('given an interruption, then stops, and does all when it is started again', async () => {
      const { id } = await projected(2);
      const interrupted: Progress = {
        advance: () => {
          throw new Error('stopped');
        },
      };

      await expect(replay(interrupted).all()).rejects.toThrow('stopped');
      await messagesIn('BankAccountQueue');
      await messagesIn('BankBranchQueue');
      await replay().all();

      expect((await messagesIn('BankAccountQueue')).map((event) => [event.id, event.$version])).toEqual([
        [id, 1],
        [id, 2],
      ]);
    });

    it('given a queue that refuses, then skips what it refuses, and names it with the reason', async () => {
      const { id } = await projected(2);
      const mend = injectFault(cloud.clients.sqs, ({ input, send }) =>
        (input as { QueueUrl: string }).QueueUrl.includes('BankAccountQueue')
          ? Promise.reject(Object.assign(new Error('not for you'), { name: 'AccessDenied' }))
          : send(),
      );

      expect(await replay().all()).toEqual({
        sent: 1,
        skipped: [{ aggregateId: id, reason: 'AccessDenied: not for you' }],
      });
      mend();
    });

    it('given items that no queue takes or that are no events, then goes on, and names each', async () => {
      const { id } = await projected(2);
      const [broken, alien] = [randomUUID(), randomUUID()];
      const item = (of: string, event: object) => ({
        id: of,
        $version: 1,
        timestamp: '2026-01-01T00:00:00.000Z',
        event,
      });

      await put('EventLog', item(broken, {}));
      await put('EventLog', item(alien, { $name: 'org/bank/vault/opened' }));

      const { sent, skipped } = await replay().all();

      expect(sent).toBe(3);
      expect(new Map(skipped.map(({ aggregateId, reason }) => [aggregateId, reason]))).toEqual(
        new Map([
          [broken, 'Expected an event with id, $name and $version, and got something else.'],
          [alien, expect.stringContaining('BankVaultQueue') as string],
        ]),
      );
      expect((await messagesIn('BankAccountQueue')).map((event) => event.id)).toEqual([id, id]);
    });
  });

  describe('rebuild', () => {
    const rebuilt = (id: string) => rebuild(id, { log: system.log, projections, replay: replay() });

    it('given rows that are wrong, missing or nobody’s, then makes them what the log says', async () => {
      const { id } = await projected();
      const row = await system.accounts.get(id);

      await put('projection-accounts', { ...row, version: 9 });
      await put('projection-portfolios', { owner: randomUUID(), accountId: id });
      expect(await rebuilt(id)).toEqual({ removedRows: 3, sent: 4, skipped: [] });

      await project();
      expect(await system.accounts.get(id)).toEqual(row);
    });

    it('given an event that comes while the rows are gone, then it brings all before it', async () => {
      const { id, events } = await projected(4);

      for (const projection of projections) {
        await projection.clear(id);
      }
      await system.deliver(events[3]);

      expect(await differences()).toEqual([]);
    });

    it('given an event that comes while the rows are looked for, then leaves no row of it without its checkpoint', async () => {
      const { id } = await projected(3);
      const [next] = accountLifeOf(id).slice(3) as [Event];
      let isLate = true;

      await system.store(next);
      const mend = injectFault(system.documents, async ({ command, send }) => {
        const answer = await send();

        if (command === 'ScanCommand' && isLate) {
          isLate = false;
          await system.deliver(next);
        }
        return answer;
      });

      for (const projection of projections) {
        await projection.clear(id);
      }
      mend();

      expect(isLate).toBe(false);
      expect(await rowsOf(system.documents, 'projection-portfolios')).toEqual([]);
      expect(await system.portfolioCheckpoint(id)).toBeUndefined();
    });

    it('given a row without any event, then removes it', async () => {
      const id = randomUUID();

      await put('projection-branches', { id, town: 'Nowhere', version: 1 });

      expect(await rebuilt(id)).toEqual({ removedRows: 1, sent: 0, skipped: [] });
      expect(await differences()).toEqual([]);
    });

    it('given an id that nothing has, then says so and changes nothing', async () => {
      await projected();

      await expect(rebuilt(randomUUID())).rejects.toThrow(NotFoundError);
      expect(await differences()).toEqual([]);
    });

    it('given more rows than one transaction takes, then removes all', async () => {
      const { id } = await projected();

      for (let index = 0; index < 120; index++) {
        await put('projection-portfolios', { owner: randomUUID(), accountId: id });
      }
      expect(await rebuilt(id)).toMatchObject({ removedRows: 122 });

      await project();
    });
  });
});
