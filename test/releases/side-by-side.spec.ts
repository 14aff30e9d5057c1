import { randomUUID } from 'node:crypto';

import { BankClients } from './bank-clients';
import { BankOperator } from './bank-operator';
import type { BankStage } from './bank-stage';
import type { Release } from './release';
import { type StartedStage, startBankStage } from './start-bank-stage';
import { until } from './until';
import { AccountRenamed } from '../support/account';
import { BranchClosed, BranchOpened } from '../support/branch';

const TODAY: Release = { code: 'today' };
const REFUSED = { statusCode: 503, headers: { 'Retry-After': '1' } };
const ACCEPTED = { statusCode: 202 };

jest.setTimeout(120_000);

/** A deployment runs old and new code side by side, and may be rolled back in its middle. */
describe('Releases', () => {
  let started: StartedStage | undefined;
  let stage: BankStage;
  let clients: BankClients;
  let operator: BankOperator;
  let unknownBefore: number;

  beforeAll(async () => {
    started = await startBankStage();
    stage = started.stage;
    operator = new BankOperator(started.cloud);
  });

  beforeEach(() => {
    clients = new BankClients(stage);
    unknownBefore = stage.unknown;
  });

  // Also what a test that failed has left on its way.
  afterEach(async () => {
    await stage.run(TODAY);
    const [witness] = await clients.open(1);

    await operator.untilEmpty('RetryQueue');
    await settle(witness!);
    await operator.clear();
  });

  afterAll(() => started?.stop());

  /** How often a function of this test had an event that it did not know, or had no queue for. */
  const unknown = () => stage.unknown - unknownBefore;

  /** Waits until all that is in the log by now has come to its queue, and no processor's queue holds anything any more. */
  async function settle(witness: string): Promise<void> {
    // The stream has one shard. A batch of it may still be on its way when an event in it has arrived, but not when a later one has.
    for (const deposit of ['a deposit', 'another one']) {
      const version = await clients.insist('Deposit', witness, 1);

      await until(`${deposit} to arrive`, async () =>
        (await operator.accounts([witness])).find((row) => row.version === version),
      );
    }
    await operator.untilEmpty('BankAccountQueue');
    await operator.untilEmpty('BankBranchQueue');
  }

  /** Nothing is lost, nothing waits, and every row is what the log makes of it. */
  async function expectAllIsWell(): Promise<void> {
    expect(await operator.verify()).toEqual({ differences: [], unreadable: [] });
    expect(await operator.events()).toBe(clients.accepted);
    expect(await operator.depths()).toEqual(
      ['BankAccountQueue', 'BankBranchQueue', 'RetryQueue'].map((name) => ({ name, waiting: 0, dead: 0 })),
    );
  }

  describe('given a new event type', () => {
    const before: Release = { code: 'before-the-event' };
    const rename = (id: string) => ['RenameAccount', id, 'Savings'] as const;

    it('when it is announced, and released by the next deployment, then nobody ever meets what it does not know', async () => {
      const announced: Release = { code: 'event-announced' };
      const released: Release = { ...announced, releasedEvents: AccountRenamed.$name };

      await stage.run(before);
      const accounts = await clients.open(3);
      const [first, second] = accounts as [string, string];

      await stage.deploy(announced);
      await clients.trade(accounts);
      expect(await clients.sendToNew(...rename(first))).toMatchObject(REFUSED);
      await stage.complete();
      expect(await clients.send(...rename(first))).toMatchObject(REFUSED);

      await stage.deploy(released);
      await clients.insist(...rename(first));
      await clients.trade(accounts);
      await stage.rollBack();
      expect(await clients.send(...rename(second))).toMatchObject(REFUSED);
      await clients.trade(accounts);

      await stage.deploy(released);
      await clients.trade(accounts);
      await stage.complete();
      expect(await clients.send(...rename(second))).toMatchObject(ACCEPTED);
      await settle(first);
      expect(clients.refused).toEqual(new Set(['RenameAccount']));
      expect(unknown()).toBe(0);
      await expectAllIsWell();
    });

    it('when one release brings it and writes it, then what old code has given up is redriven', async () => {
      await stage.run(before);
      const steady = await clients.open(2);
      const renamed: string[] = [];
      const openRenamed = async (count: number) => {
        for (const id of await clients.open(count)) {
          expect(await clients.sendToNew(...rename(id))).toMatchObject(ACCEPTED);
          renamed.push(id);
        }
      };
      const applied = async () => (await operator.accounts(renamed)).filter((row) => row.name === 'Savings');

      await stage.deploy(TODAY);
      await until('the canary to apply what is new', async () => {
        await openRenamed(1);
        await clients.trade(steady);
        return (await applied())[0];
      });
      await openRenamed(3);
      // What is behind an event must not pass it.
      await clients.insist('Deposit', renamed.at(-1)!, 1);
      await stage.rollBack();

      for (const id of renamed) {
        expect(await clients.send('Deposit', id, 1)).toMatchObject(REFUSED);
      }
      await clients.trade(steady);
      await settle(steady[0]!);
      const standing = renamed.length - (await applied()).length;
      const { dead } = await operator.depth('BankAccountQueue');

      expect(standing).toBeGreaterThan(0);
      expect(dead).toBeGreaterThanOrEqual(standing);
      expect(await operator.wrongRows()).toEqual([]);

      await stage.deploy(TODAY);
      await clients.trade(steady);
      await stage.complete();
      for (const id of renamed.slice(0, -1)) {
        expect(await clients.send('Deposit', id, 1)).toMatchObject(ACCEPTED);
      }
      expect(await operator.redrive()).toEqual({ redriven: dead, left: 0 });
      await settle(steady[0]!);
      await expectAllIsWell();
    });
  });

  describe('given a new aggregate type', () => {
    const before: Release = { code: 'before-the-aggregate' };
    const open = (id = randomUUID()) => ['OpenBranch', id, `Town ${id}`] as const;

    it('when it is announced, and released by the next deployment, then nobody ever meets what it does not know', async () => {
      const announced: Release = { code: 'aggregate-announced' };
      const released: Release = { ...announced, releasedEvents: `${BranchOpened.$name},${BranchClosed.$name}` };
      const branch = randomUUID();

      await stage.run(before);
      const accounts = await clients.open(2);

      await stage.deploy(announced);
      await clients.trade(accounts);
      expect(await clients.sendToNew(...open())).toMatchObject(REFUSED);
      await stage.complete();
      expect(await clients.send(...open())).toMatchObject(REFUSED);

      await stage.deploy(released);
      await clients.insist(...open(branch));
      await clients.trade(accounts);
      await stage.rollBack();
      expect(await clients.send('CloseBranch', branch)).toMatchObject(REFUSED);
      await clients.trade(accounts);

      await stage.deploy(released);
      await clients.trade(accounts);
      await stage.complete();
      expect(await clients.send('CloseBranch', branch)).toMatchObject(ACCEPTED);
      expect(await clients.send(...open())).toMatchObject(ACCEPTED);
      await settle(accounts[0]!);
      expect(clients.refused).toEqual(new Set(['OpenBranch', 'CloseBranch']));
      expect(unknown()).toBe(0);
      await expectAllIsWell();
    });

    it('when one release brings it and writes it, then old code keeps its events for new code, and a replay brings what a rollback took', async () => {
      await stage.run(before);
      const steady = await clients.open(2);
      const branches: string[] = [];
      const openBranches = async (count: number) => {
        for (let opened = 0; opened < count; opened++) {
          const id = randomUUID();

          expect(await clients.sendToNew(...open(id))).toMatchObject(ACCEPTED);
          branches.push(id);
        }
      };

      await stage.deploy(TODAY);
      await until('the canary to apply what is new', async () => {
        await openBranches(1);
        await clients.trade(steady);
        return (await operator.branches(branches))[0];
      });
      await openBranches(3);
      await stage.rollBack();

      await clients.trade(steady);
      await settle(steady[0]!);
      const { waiting, dead } = await operator.depth('RetryQueue');

      expect(waiting).toBeGreaterThan(0);
      expect(dead).toBe(0);
      expect(await operator.wrongRows()).toEqual([]);

      await stage.deploy(TODAY);
      await clients.trade(steady);
      await stage.complete();
      await operator.untilEmpty('RetryQueue');
      await settle(steady[0]!);
      expect(await operator.branches(branches)).toHaveLength(waiting);

      expect(await operator.redrive()).toEqual({ redriven: 0, left: 0 });
      expect(await operator.replay()).toMatchObject({ skipped: [] });
      await settle(steady[0]!);
      await expectAllIsWell();
    });
  });
});
