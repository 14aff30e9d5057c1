import { Account, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { CONTEXT } from '../../../test/support/events';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { AlreadyExistsError } from '../../app/errors/already-exists.error';
import { ConcurrencyError } from '../../app/errors/concurrency.error';
import { NotFoundError } from '../../app/errors/not-found.error';
import { PreconditionFailedError } from '../../app/errors/precondition-failed.error';
import type { Event } from '../events/event';
import { AggregateRepository } from './aggregate.repository';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';
const NOW = new Date('2026-01-01T12:00:00.000Z');
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CLAIM = { constraint: 'bank/account#owner:Ada', owner: ID };
const isAdas = ({ owner }: Account) => owner === 'Ada';

describe('AggregateRepository', () => {
  let log: InMemoryEventLog;
  let accounts: AggregateRepository<Account>;

  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    log = new InMemoryEventLog();
    accounts = new AggregateRepository(Account, log, () => NOW);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Somebody else appends first, at the next so many appends. */
  function rival(times: number): void {
    const append = log.append.bind(log);
    let left = times;

    jest.spyOn(log, 'append').mockImplementation(async (events, claims) => {
      if (left-- > 0) {
        await append(events.map((event) => at(event.$version, new AccountDeposited(ID, 1))));
      }
      return append(events, claims);
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
      const context = { ...CONTEXT, expectedVersion: 2 };

      expect(await accounts.change(ID, context, (account) => void account.deposit(5))).toEqual({ id: ID, version: 3 });
    });

    it.each([0, 1, 3])(
      'when the caller has seen the version %i, then refuses, and decides nothing',
      async (version) => {
        const decide = jest.fn();
        const context = { ...CONTEXT, expectedVersion: version };

        await expect(accounts.change(ID, context, decide)).rejects.toThrow(
          new PreconditionFailedError('Account', ID, version, 2),
        );
        expect(decide).not.toHaveBeenCalled();
        expect(log.events).toHaveLength(2);
      },
    );

    it('when somebody else changes it after the caller has seen it, then refuses', async () => {
      rival(1);
      const context = { ...CONTEXT, expectedVersion: 2 };

      await expect(accounts.change(ID, context, (account) => void account.deposit(5))).rejects.toThrow(
        PreconditionFailedError,
      );
      expect(log.events).toHaveLength(3);
    });

    it('when the same is created again for a version, then refuses: what is created has none', async () => {
      const context = { ...CONTEXT, expectedVersion: 2 };

      await expect(accounts.create(Account.open(ID, 'Ada'), context, [CLAIM], isAdas)).rejects.toThrow(
        PreconditionFailedError,
      );
    });

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

    it('when another is created with its id, then rejects', async () => {
      const created = accounts.create(Account.open(ID, 'Bob'), CONTEXT, [], ({ owner }) => owner === 'Bob');

      await expect(created).rejects.toThrow(new AlreadyExistsError('Account', ID));
      expect(log.events).toHaveLength(2);
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

      await expect(created).rejects.toThrow(NotFoundError);
      expect(log.events).toHaveLength(1);
    });
  });
});
