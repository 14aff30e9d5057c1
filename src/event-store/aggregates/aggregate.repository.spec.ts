import { Account, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { CONTEXT } from '../../../test/support/events';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { InMemorySnapshotStore } from '../../../test/support/in-memory-snapshot-store';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { WrongStateError } from '../../shared-kernel/errors/wrong-state.error';
import { AlreadyAcceptedError } from '../errors/already-accepted.error';
import { AlreadyExistsError } from '../errors/already-exists.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { IdTakenError } from '../errors/id-taken.error';
import { ThrottledError } from '../errors/throttled.error';
import { UnexpectedVersionError } from '../errors/unexpected-version.error';
import type { Event } from '../events/event';
import type { Decide } from './aggregate-change';
import { AggregateRepository } from './aggregate.repository';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';
const NOW = new Date('2026-01-01T12:00:00.000Z');
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CLAIM = { key: 'bank/account#owner:Ada', owner: ID };
const isAdas = ({ owner }: Account) => owner === 'Ada';

describe('AggregateRepository', () => {
  let log: InMemoryEventLog;
  let snapshots: InMemorySnapshotStore;
  let accounts: AggregateRepository<Account>;

  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    log = new InMemoryEventLog();
    snapshots = new InMemorySnapshotStore();
    accounts = instance();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The repository of one Lambda instance. */
  function instance(): AggregateRepository<Account> {
    return new AggregateRepository(Account, { log, snapshots, snapshotInterval: 10 }, () => NOW);
  }

  /** What a caller asks for who has seen one version. */
  const seen = (expected: number) => ({ isMet: (version: number) => version === expected });

  /** Somebody else appends first, at the next so many appends. */
  function rival(times: number): void {
    const append = log.append.bind(log);
    let left = times;

    jest.spyOn(log, 'append').mockImplementation(async (events, ...rest) => {
      if (left-- > 0) {
        await append(events.map((event) => at(event.$version, new AccountDeposited(ID, 1))));
      }
      return append(events, ...rest);
    });
  }

  describe('given an empty log', () => {
    it('when an account is loaded, then it is not found', async () => {
      await expect(accounts.load(ID)).rejects.toThrow(new NotFoundError('Account', ID));
    });

    it('when one is created, then appends it, stamped, with its claims', async () => {
      const result = await accounts.create(Account.open(ID, 'Ada'), CONTEXT, [CLAIM], isAdas);

      expect(result).toEqual({ id: ID, version: 1 });
      expect(log.events).toMatchObject([
        {
          $name: 'org/bank/account/opened',
          $version: 1,
          owner: 'Ada',
          timestamp: '2026-01-01T12:00:00.000Z',
          correlationId: CONTEXT.correlationId,
          causationId: CONTEXT.commandId,
        },
      ]);
      expect(log.events[0]?.eventId).toMatch(UUID);
      expect(log.claims).toEqual([CLAIM]);
    });

    it('when somebody creates one, then its events say who; when nobody is known, then they say nothing', async () => {
      await accounts.create(Account.open(ID, 'Ada'), { ...CONTEXT, actor: 'ada' }, [CLAIM], isAdas);
      await accounts.change(ID, CONTEXT, (account) => {
        account.deposit(1);
      });

      expect(log.events.map(({ metadata }) => metadata)).toEqual([{ actor: 'ada' }, undefined]);
    });

    it('when its answer is lost and the retry collides, then tells its own version', async () => {
      const append = log.append.bind(log);

      jest.spyOn(log, 'append').mockImplementationOnce(async (events) => {
        await append(events);
        await append([at(2, new AccountDeposited(ID, 1))]);
        throw new ConcurrencyError('The answer was lost, and the retry met a conflict.');
      });

      expect(
        await accounts.create(Account.open(ID, 'Ada'), { ...CONTEXT, versionCondition: seen(0) }, [CLAIM], isAdas),
      ).toEqual({ id: ID, version: 1 });
      expect(log.events).toHaveLength(2);
    });

    it('when the append collides and nothing is there, then tries the same event again', async () => {
      const eventIds: unknown[] = [];
      jest.spyOn(log, 'append').mockImplementation(([event]) => {
        eventIds.push(event?.eventId);
        return eventIds.length === 1 ? Promise.reject(new ConcurrencyError('in progress')) : Promise.resolve();
      });

      await accounts.create(Account.open(ID, 'Ada'), CONTEXT, [], isAdas);

      expect(eventIds).toHaveLength(2);
      expect(eventIds[0]).toMatch(UUID);
      expect(eventIds[1]).toBe(eventIds[0]);
    });
  });

  describe('given an account', () => {
    beforeEach(async () => {
      await log.append([at(1, new AccountOpened(ID, 'Ada')), at(2, new AccountDeposited(ID, 20))]);
    });

    it('when changed, then appends what it decided', async () => {
      const result = await accounts.change(ID, CONTEXT, (account) => {
        account.deposit(5);
        account.deposit(6);
      });

      expect(result).toEqual({ id: ID, version: 4 });
      expect(log.events.slice(2)).toMatchObject([
        { $version: 3, amount: 5 },
        { $version: 4, amount: 6 },
      ]);
      expect(log.events[2]?.eventId).not.toBe(log.events[3]?.eventId);
    });

    it('when it decides for nothing, then appends nothing and tells where it stands', async () => {
      const append = jest.spyOn(log, 'append');

      const result = await accounts.change(ID, CONTEXT, () => undefined);

      expect(result).toEqual({ id: ID, version: 2 });
      expect(append).not.toHaveBeenCalled();
    });

    it('when it refuses, then passes on why and appends nothing', async () => {
      const refusal = new Error('no');

      const changed = accounts.change(ID, CONTEXT, () => {
        throw refusal;
      });

      await expect(changed).rejects.toBe(refusal);
      expect(log.events).toHaveLength(2);
    });

    it('when somebody else changes it first, then decides again on what it has become', async () => {
      const seen: number[] = [];
      rival(1);

      const result = await accounts.change(ID, CONTEXT, (account) => {
        seen.push(account.balance);
        account.deposit(5);
      });

      expect(seen).toEqual([20, 21]);
      expect(result).toEqual({ id: ID, version: 4 });
      expect(log.events.at(-1)).toMatchObject({ $version: 4, amount: 5 });
    });

    it('when changed at the version that the caller has seen, then appends', async () => {
      const context = { ...CONTEXT, versionCondition: seen(2) };

      expect(await accounts.change(ID, context, (account) => void account.deposit(5))).toEqual({ id: ID, version: 3 });
    });

    it.each([0, 1, 3])(
      'when the caller has seen the version %i, then refuses, and decides nothing',
      async (version) => {
        const decide = jest.fn();
        const context = { ...CONTEXT, versionCondition: seen(version) };

        await expect(accounts.change(ID, context, decide)).rejects.toThrow(
          new UnexpectedVersionError('Account', ID, 2),
        );
        expect(decide).not.toHaveBeenCalled();
        expect(log.events).toHaveLength(2);
      },
    );

    it('when somebody else changes it after the caller has seen it, then refuses', async () => {
      rival(1);
      const context = { ...CONTEXT, versionCondition: seen(2) };

      await expect(accounts.change(ID, context, (account) => void account.deposit(5))).rejects.toThrow(
        UnexpectedVersionError,
      );
      expect(log.events).toHaveLength(3);
    });

    it('when the same is created again for a version, then refuses: what is created has none', async () => {
      const context = { ...CONTEXT, versionCondition: seen(2) };

      await expect(accounts.create(Account.open(ID, 'Ada'), context, [CLAIM], isAdas)).rejects.toThrow(
        UnexpectedVersionError,
      );
    });

    it.each([1, 9, 10, 25])(
      'when an attempt took effect, its answer was lost, and %i events followed before it is decided again, then is done',
      async (rivals) => {
        const append = log.append.bind(log);

        jest.spyOn(log, 'append').mockImplementationOnce(async (events) => {
          await append(events);
          for (let version = 4; version < 4 + rivals; version++) {
            await append([at(version, new AccountDeposited(ID, 1))]);
          }
          throw new ConcurrencyError('The answer was lost, and the retry met a conflict.');
        });

        expect(
          await accounts.change(ID, { ...CONTEXT, versionCondition: seen(2) }, (account) => void account.deposit(5)),
        ).toEqual({
          id: ID,
          version: 3,
        });
        expect(log.events).toHaveLength(3 + rivals);
      },
    );

    it('when somebody else is always first, then gives up after six attempts', async () => {
      const decide = jest.fn((account: Account) => {
        account.deposit(5);
      });
      rival(6);

      await expect(accounts.change(ID, CONTEXT, decide)).rejects.toThrow(ConcurrencyError);
      expect(decide).toHaveBeenCalledTimes(6);
    });

    it('when the same is created again, then tells where it stands and appends nothing', async () => {
      const result = await accounts.create(Account.open(ID, 'Ada'), CONTEXT, [CLAIM], isAdas);

      expect(result).toEqual({ id: ID, version: 2 });
      expect(log.events).toHaveLength(2);
      expect(log.claims).toEqual([]);
    });

    it('when the same is created again for no version yet, then refuses: it exists', async () => {
      const context = { ...CONTEXT, versionCondition: seen(0) };

      await expect(accounts.create(Account.open(ID, 'Ada'), context, [CLAIM], isAdas)).rejects.toThrow(
        new UnexpectedVersionError('Account', ID, 2),
      );
    });

    it('when another is created on condition that there is none, then the condition comes first', async () => {
      const context = { ...CONTEXT, versionCondition: seen(0) };

      await expect(accounts.create(Account.open(ID, 'Bob'), context, [], () => false)).rejects.toThrow(
        new UnexpectedVersionError('Account', ID, 2),
      );
    });

    it('when another is created with its id, then rejects', async () => {
      const created = accounts.create(Account.open(ID, 'Bob'), CONTEXT, [], ({ owner }) => owner === 'Bob');

      await expect(created).rejects.toThrow(new AlreadyExistsError('Account', ID));
      expect(log.events).toHaveLength(2);
    });
  });

  describe('given an account that this instance has changed last', () => {
    const deposit = (account: Account) => void account.deposit(5);
    let reads: jest.SpyInstance;

    beforeEach(async () => {
      await accounts.create(Account.open(ID, 'Ada'), CONTEXT, [], isAdas);
      await accounts.change(ID, CONTEXT, deposit);
      reads = jest.spyOn(log, 'readNewest');
    });

    it('when changed again, then decides and appends without reading', async () => {
      expect(await accounts.change(ID, CONTEXT, deposit)).toEqual({ id: ID, version: 3 });

      expect(reads).not.toHaveBeenCalled();
      expect(await accounts.load(ID)).toMatchObject({ balance: 10, version: 3 });
    });

    it('when only consulted, then reads it: no append would tell that a copy is stale', async () => {
      await instance().change(ID, CONTEXT, deposit);

      expect(await accounts.load(ID)).toMatchObject({ balance: 10 });
    });

    it('when another instance has changed it, then the append tells, and it is decided again on the latest', async () => {
      await instance().change(ID, CONTEXT, deposit);
      reads.mockClear();
      const seen: number[] = [];

      const result = await accounts.change(ID, CONTEXT, (account) => {
        seen.push(account.balance);
        deposit(account);
      });

      expect(seen).toEqual([5, 10]);
      expect(result).toEqual({ id: ID, version: 4 });
      expect(reads).toHaveBeenCalledTimes(1);
      expect(await accounts.change(ID, CONTEXT, deposit)).toEqual({ id: ID, version: 5 });
      expect(reads).toHaveBeenCalledTimes(1);
    });

    it('when two instances change it in turn, then both accept all, without a gap', async () => {
      const other = instance();
      const versions: number[] = [];

      for (let turn = 0; turn < 10; turn++) {
        versions.push((await (turn % 2 ? accounts : other).change(ID, CONTEXT, deposit)).version);
      }

      expect(versions).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(await accounts.load(ID)).toMatchObject({ balance: 55 });
    });

    it('when its copy would refuse, and the latest does not, then accepts', async () => {
      const atLeast15 = (account: Account) => {
        if (account.balance < 15) {
          throw new WrongStateError(`There are ${account.balance}.`);
        }
        deposit(account);
      };

      await instance().change(ID, CONTEXT, (account) => void account.deposit(10));

      expect(await accounts.change(ID, CONTEXT, atLeast15)).toEqual({ id: ID, version: 4 });
    });

    it('when the latest refuses, then says so of the latest, and the next command starts afresh', async () => {
      const refuse = ({ balance }: Account) => {
        throw new WrongStateError(`There are ${balance}.`);
      };

      await instance().change(ID, CONTEXT, deposit);

      await expect(accounts.change(ID, CONTEXT, refuse)).rejects.toThrow('There are 10.');
      expect(await accounts.change(ID, CONTEXT, deposit)).toEqual({ id: ID, version: 4 });
    });

    it('when it refuses after it has recorded, then nothing of that is left', async () => {
      const refuse = (account: Account) => {
        deposit(account);
        throw new WrongStateError('No.');
      };

      await expect(accounts.change(ID, CONTEXT, refuse)).rejects.toThrow('No.');
      await accounts.change(ID, CONTEXT, deposit);

      expect(await accounts.load(ID)).toMatchObject({ balance: 10, version: 3 });
    });

    it('when its copy decides for nothing, then the latest has the word', async () => {
      const upTo10 = (account: Account) => {
        if (account.balance !== 5) {
          deposit(account);
        }
      };

      await instance().change(ID, CONTEXT, deposit);

      expect(await accounts.change(ID, CONTEXT, upTo10)).toEqual({ id: ID, version: 4 });
    });

    it('when the caller has seen what the copy has not, then accepts; when it has seen less, then refuses', async () => {
      await instance().change(ID, CONTEXT, deposit);

      expect(await accounts.change(ID, { ...CONTEXT, versionCondition: seen(3) }, deposit)).toEqual({
        id: ID,
        version: 4,
      });
      await instance().change(ID, CONTEXT, deposit);
      await expect(accounts.change(ID, { ...CONTEXT, versionCondition: seen(4) }, deposit)).rejects.toThrow(
        new UnexpectedVersionError('Account', ID, 5),
      );
    });

    it('when the append fails for another reason, then passes it on, and the next command starts afresh', async () => {
      jest.spyOn(log, 'append').mockRejectedValueOnce(new ThrottledError('Later.'));

      await expect(accounts.change(ID, CONTEXT, deposit)).rejects.toThrow(ThrottledError);
      expect(reads).not.toHaveBeenCalled();
      expect(await accounts.change(ID, CONTEXT, deposit)).toEqual({ id: ID, version: 3 });
      expect(reads).toHaveBeenCalledTimes(1);
    });

    it('when changed by several commands at once, then each has a state of its own', async () => {
      const results = await Promise.all(Array.from({ length: 3 }, () => accounts.change(ID, CONTEXT, deposit)));

      expect(results.map(({ version }) => version).sort()).toEqual([3, 4, 5]);
      expect(await accounts.load(ID)).toMatchObject({ balance: 20, version: 5 });
    });

    it('when a thousand others have been changed since, then it is forgotten', async () => {
      for (let other = 0; other < 1_000; other++) {
        await accounts.create(Account.open(`other-${other}`, 'Ada'), CONTEXT, [], isAdas);
      }
      await accounts.change(ID, CONTEXT, deposit);

      expect(reads).toHaveBeenCalledTimes(1);
    });
  });

  describe('given a command that consults another account', () => {
    const OTHER = 'c0a5e1d2-0f6b-4a7e-9d38-5b1c7e2f4a06';
    const deposit = (account: Account) => void account.deposit(5);
    /** Deposits, as long as the other account is empty. */
    const depositIfEmpty: Decide<Account> = async (account, consult) => {
      if ((await consult(accounts, OTHER)).balance > 0) {
        throw new WrongStateError('The other one is not empty.');
      }
      deposit(account);
    };

    beforeEach(async () => {
      await accounts.create(Account.open(ID, 'Ada'), CONTEXT, [], isAdas);
      await accounts.create(Account.open(OTHER, 'Ada'), CONTEXT, [], isAdas);
    });

    /** The other account changes right before the next append. */
    function changeMeanwhile(): void {
      const append = log.append.bind(log);

      jest.spyOn(log, 'append').mockImplementationOnce(async (...entries) => {
        await instance().change(OTHER, CONTEXT, deposit);
        return append(...entries);
      });
    }

    it('when that stands as it was seen, then appends on condition that it does', async () => {
      const append = jest.spyOn(log, 'append');

      expect(await accounts.change(ID, CONTEXT, depositIfEmpty)).toEqual({ id: ID, version: 2 });
      expect(append.mock.calls.map(([, , , consulted]) => consulted)).toEqual([[{ id: OTHER, version: 1 }]]);
    });

    it('when that changes meanwhile, then decides again on what it has become', async () => {
      changeMeanwhile();

      await expect(accounts.change(ID, CONTEXT, depositIfEmpty)).rejects.toThrow(WrongStateError);
      expect(await accounts.load(ID)).toMatchObject({ version: 1 });
    });

    it('when that changes meanwhile and the decision stays the same, then appends on the newer one', async () => {
      changeMeanwhile();
      const append = jest.spyOn(log, 'append');
      const decide = jest.fn<Promise<void>, Parameters<Decide<Account>>>(async (account, consult) => {
        await consult(accounts, OTHER);
        deposit(account);
      });

      expect(await accounts.change(ID, CONTEXT, decide)).toEqual({ id: ID, version: 2 });
      expect(decide).toHaveBeenCalledTimes(2);
      expect(append.mock.lastCall?.[3]).toEqual([{ id: OTHER, version: 2 }]);
    });

    it('when its answer is lost and that changes before it is decided again, then is done', async () => {
      const append = log.append.bind(log);

      jest.spyOn(log, 'append').mockImplementationOnce(async (...entries) => {
        await append(...entries);
        await instance().change(OTHER, CONTEXT, deposit);
        throw new ConcurrencyError('The answer was lost, and the retry met a conflict.');
      });

      expect(await accounts.change(ID, CONTEXT, depositIfEmpty)).toEqual({ id: ID, version: 2 });
      expect(await accounts.load(ID)).toMatchObject({ balance: 5, version: 2 });
    });

    it('when it consults that twice, and itself, then the first version of that is the condition', async () => {
      const append = jest.spyOn(log, 'append');
      let isFirst = true;

      await accounts.change(ID, CONTEXT, async (account, consult) => {
        await consult(accounts, OTHER);
        if (isFirst) {
          isFirst = false;
          await instance().change(OTHER, CONTEXT, deposit);
        }
        await consult(accounts, OTHER);
        await consult(accounts, ID);
        deposit(account);
      });

      expect(append.mock.calls.map(([[event], , , consulted]) => [event?.id, consulted])).toEqual([
        [OTHER, []],
        [ID, [{ id: OTHER, version: 1 }]],
        [ID, [{ id: OTHER, version: 2 }]],
      ]);
    });

    it('when that is unknown, then is not found', async () => {
      const consulting = accounts.change(ID, CONTEXT, async (_, consult) => {
        await consult(accounts, 'nobody');
      });

      await expect(consulting).rejects.toThrow(new NotFoundError('Account', 'nobody'));
    });
  });

  describe('given a command with an idempotency key', () => {
    const keyed = { ...CONTEXT, idempotency: { key: 'k-1', fingerprint: 'f-1' } };
    const deposit = (account: Account) => void account.deposit(5);
    const accepted = { key: 'k-1', fingerprint: 'f-1', acceptedAt: 1_767_268_800, expiresAt: 1_767_355_200 };

    beforeEach(async () => {
      await log.append([at(1, new AccountOpened(ID, 'Ada'))]);
    });

    it('when it is accepted, then its record is appended with its events, for 24 hours; the events do not tell', async () => {
      const append = jest.spyOn(log, 'append');

      await accounts.change(ID, keyed, deposit);

      expect(append).toHaveBeenCalledTimes(1);
      expect(log.records).toEqual([{ ...accepted, id: ID, version: 2 }]);
      expect(JSON.stringify(log.events)).not.toContain('k-1');
    });

    it.each([
      ['by the instance that has it', () => accounts],
      ['by another', instance],
    ])('when it comes again and is handled %s, then appends nothing', async (_, by) => {
      await accounts.change(ID, keyed, deposit);

      await expect(by().change(ID, keyed, deposit)).rejects.toThrow(AlreadyAcceptedError);
      expect(log.events).toHaveLength(2);
    });

    it('when it is refused, then nothing is remembered', async () => {
      const refuse = () => {
        throw new WrongStateError('No.');
      };

      await expect(accounts.change(ID, keyed, refuse)).rejects.toThrow('No.');
      expect(log.records).toEqual([]);
    });

    it('when it is accepted and changes nothing, then it is remembered all the same', async () => {
      const repeat = () => accounts.create(Account.open(ID, 'Ada'), keyed, [CLAIM], isAdas);

      expect(await repeat()).toEqual({ id: ID, version: 1 });
      expect(log.records).toEqual([{ ...accepted, id: ID, version: 1 }]);
      await accounts.change(ID, CONTEXT, deposit);
      await expect(repeat()).rejects.toThrow(AlreadyAcceptedError);
    });
  });

  describe('given an aggregate of another type', () => {
    beforeEach(async () => {
      await log.append([{ id: ID, $name: 'org/bank/customer/registered', $version: 1, timestamp: '' } as Event]);
    });

    it('when loaded as an account, then it is not found', async () => {
      await expect(accounts.load(ID)).rejects.toThrow(new NotFoundError('Account', ID));
    });

    it('when an account is created with its id, then rejects', async () => {
      const created = accounts.create(Account.open(ID, 'Ada'), CONTEXT, [], isAdas);

      await expect(created).rejects.toThrow(IdTakenError);
      expect(log.events).toHaveLength(1);
    });
  });
});
