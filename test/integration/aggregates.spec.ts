import '../support/environment';

import { randomUUID } from 'node:crypto';

import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { WrongStateError } from '../../src/shared-kernel/errors/wrong-state.error';
import type { AggregateRepository } from '../../src/event-store/aggregates/aggregate.repository';
import { Account, AccountDeposited } from '../support/account';
import { BankApplication } from '../support/bank-application';
import { AccountRepository, BranchRepository } from '../support/bank-handlers';
import { BANK_TEMPLATE } from '../support/bank.module';
import { Branch } from '../support/branch';
import { CONTEXT, recorded } from '../support/events';
import { injectFault } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

describe('The write side', () => {
  let cloud: TestCloud;
  /** Two Lambda instances: each has a container, and aggregates, of its own. */
  let one: BankApplication;
  let other: BankApplication;

  beforeAll(async () => {
    cloud = await startTestTables(BANK_TEMPLATE);
    one = new BankApplication(cloud);
    other = new BankApplication(cloud);
  });

  afterAll(() => cloud.stop());

  const accounts = (by: BankApplication) => by.app.get<AggregateRepository<Account>>(AccountRepository);
  const branches = (by: BankApplication) => by.app.get<AggregateRepository<Branch>>(BranchRepository);
  const deposit = (by: BankApplication, id: string, amount = 1) =>
    accounts(by).change(id, CONTEXT, (account) => {
      account.deposit(amount);
    });
  const withdraw = (by: BankApplication, id: string, amount: number) =>
    accounts(by).change(id, CONTEXT, (account) => {
      account.withdraw(amount);
    });

  async function opened(): Promise<string> {
    const id = randomUUID();

    await accounts(one).create(Account.open(id, 'Ada'), CONTEXT, [], () => false);
    return id;
  }

  /** What DynamoDB is asked for while work goes on; requests that are under way together stand together. */
  async function requestsOf(work: () => Promise<unknown>): Promise<string[][]> {
    const trips: string[][] = [];
    let underWay = 0;
    const mend = injectFault(cloud.clients.dynamodb, async ({ command, send }) => {
      if (underWay++ === 0) {
        trips.push([]);
      }
      trips.at(-1)!.push(command);
      try {
        return await send();
      } finally {
        underWay--;
      }
    });

    try {
      await work();
    } finally {
      mend();
    }
    return trips.map((trip) => trip.sort());
  }

  const LOAD = ['GetItemCommand', 'QueryCommand'];
  const APPEND = ['PutItemCommand'];

  describe('given a command on one aggregate', () => {
    it('asks twice when the aggregate is not at hand: snapshot and newest events at once, then the append', async () => {
      const id = await opened();

      expect(await requestsOf(() => deposit(other, id))).toEqual([LOAD, APPEND]);
    });

    it('asks once when it is', async () => {
      const id = await opened();

      expect(await requestsOf(() => deposit(one, id))).toEqual([APPEND]);
      expect(await requestsOf(() => deposit(one, id))).toEqual([APPEND]);
    });

    it('asks three times when what is at hand is stale', async () => {
      const id = await opened();

      await deposit(other, id);

      expect(await requestsOf(() => deposit(one, id))).toEqual([APPEND, LOAD, APPEND]);
      expect(await requestsOf(() => deposit(one, id))).toEqual([APPEND]);
    });
  });

  describe('given a command that consults another aggregate', () => {
    async function deposited(branchId: string): Promise<string[][]> {
      const id = await opened();

      return requestsOf(() =>
        accounts(one).change(id, CONTEXT, async (account, consult) => {
          (await consult(branches(one), branchId)).ensureOpen();
          account.deposit(5);
        }),
      );
    }

    it('asks twice: it reads the other, and checks that in the append', async () => {
      const id = randomUUID();

      await branches(one).create(Branch.open(id, 'Turin'), CONTEXT, [], () => false);

      expect(await deposited(id)).toEqual([LOAD, ['TransactWriteItemsCommand']]);
    });
  });

  describe('given two instances that work against each other', () => {
    it('loses nothing when they take turns', async () => {
      const id = await opened();
      const versions: number[] = [];

      for (let turn = 0; turn < 10; turn++) {
        versions.push((await deposit(turn % 3 === 0 ? one : other, id)).version);
      }

      expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect((await one.log.read(id)).map(({ $version }) => $version)).toEqual([1, ...versions]);
    });

    it('refuses nothing for what a copy says: what the other instance has deposited can be withdrawn', async () => {
      const id = await opened();

      await deposit(other, id, 5);

      expect(await withdraw(one, id, 5)).toEqual({ id, version: 3 });
    });

    it('accepts nothing for what a copy says: what the other instance has withdrawn is gone', async () => {
      const id = await opened();

      await deposit(one, id, 5);
      await withdraw(other, id, 5);

      await expect(withdraw(one, id, 5)).rejects.toThrow(WrongStateError);
      expect(await one.log.read(id)).toHaveLength(3);
    });

    it('reads what is only consulted: a branch that the other instance has closed takes no deposit', async () => {
      const [id, branchId] = [await opened(), randomUUID()];

      await branches(one).create(Branch.open(branchId, 'Turin'), CONTEXT, [], () => false);
      await branches(other).change(branchId, CONTEXT, (branch) => {
        branch.close();
      });

      const deposited = accounts(one).change(id, CONTEXT, async (account, consult) => {
        (await consult(branches(one), branchId)).ensureOpen();
        account.deposit(5);
      });

      await expect(deposited).rejects.toThrow(WrongStateError);
    });
  });

  describe('given an account of 250 events', () => {
    let id: string;

    beforeEach(async () => {
      id = await opened();
      await one.store(
        ...Array.from({ length: 249 }, (_, index) =>
          recorded(new AccountDeposited(id, index === 248 ? 7 : 1), index + 2),
        ),
      );
    });

    async function withoutSnapshots(): Promise<void> {
      const { Items = [] } = await one.documents.send(new ScanCommand({ TableName: 'snapshots' }));

      for (const { id: key } of Items) {
        await one.documents.send(new DeleteCommand({ TableName: 'snapshots', Key: { id: key as string } }));
      }
    }

    it('asks for no more of it than of a short one once it has a snapshot', async () => {
      expect(await requestsOf(() => accounts(one).load(id))).toEqual([LOAD, ['QueryCommand']]);
      await accounts(one).snapshot(id);

      expect(await requestsOf(() => accounts(one).load(id))).toEqual([LOAD]);
    });

    it('is the same with all snapshots deleted', async () => {
      await accounts(one).snapshot(id);
      const before = await accounts(one).load(id);
      const answer = await deposit(one, id);

      await withoutSnapshots();

      expect(before).toMatchObject({ version: 250, balance: 255, owner: 'Ada' });
      expect(answer).toEqual({ id, version: 251 });
      expect(await accounts(other).load(id)).toMatchObject({ version: 251, balance: 256 });
      expect(await deposit(other, id)).toEqual({ id, version: 252 });
      await expect(accounts(one).load(randomUUID())).rejects.toThrow(NotFoundError);
    });
  });
});
