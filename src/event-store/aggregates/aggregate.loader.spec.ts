import { Account, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { InMemorySnapshotStore } from '../../../test/support/in-memory-snapshot-store';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { LogHoleError } from '../errors/log-hole.error';
import type { Snapshot } from '../snapshots/snapshot';
import { AggregateLoader } from './aggregate.loader';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';
const EVENTS = 23;

describe('AggregateLoader', () => {
  let log: InMemoryEventLog;
  let snapshots: InMemorySnapshotStore;
  let loader: AggregateLoader<Account>;
  let older: jest.SpyInstance;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    snapshots = new InMemorySnapshotStore();
    loader = new AggregateLoader(Account, { log, snapshots, snapshotInterval: 10 });
    await log.append([
      at(1, new AccountOpened(ID, 'Ada')),
      ...Array.from({ length: EVENTS - 1 }, (_, index) => at(index + 2, new AccountDeposited(ID, 1))),
    ]);
    older = jest.spyOn(log, 'read');
  });

  /** A snapshot of the account at a version, which tells by its balance that it was used. */
  async function snapshotAt(version: number, parts: Partial<Snapshot> = {}): Promise<void> {
    const state = { owner: 'Ada', balance: 1_000 };

    await snapshots.save({ id: ID, version, aggregateType: Account.aggregateType, stateVersion: 1, state, ...parts });
  }

  const balance = async () => (await loader.load(ID))?.aggregate;

  it('given no snapshot, then replays all events', async () => {
    expect(await balance()).toMatchObject({ version: EVENTS, balance: EVENTS - 1 });
    expect(older.mock.calls).toEqual([[ID, 1, 13]]);
  });

  it.each([13, 15, 20, 22])(
    'given a snapshot at %i, which the newest events meet, then reads no more',
    async (version) => {
      await snapshotAt(version);

      expect(await balance()).toMatchObject({ version: EVENTS, balance: 1_000 + EVENTS - version });
      expect(older).not.toHaveBeenCalled();
    },
  );

  it('given the newest snapshot possible, then is what it says', async () => {
    await snapshotAt(EVENTS);

    expect(await balance()).toMatchObject({ version: EVENTS, balance: 1_000, owner: 'Ada' });
    expect(older).not.toHaveBeenCalled();
  });

  it.each([1, 10, 12])(
    'given a snapshot at %i, then reads what lies between it and the newest events',
    async (version) => {
      await snapshotAt(version);

      expect(await balance()).toMatchObject({ version: EVENTS, balance: 1_000 + EVENTS - version });
      expect(older.mock.calls).toEqual([[ID, version + 1, 13]]);
    },
  );

  it.each([
    ['of another state version', { stateVersion: 2 }],
    ['of another type', { aggregateType: 'org/bank/customer' }],
    ['that makes no aggregate', { state: null as never }],
    ['of a version that the log does not have', { version: EVENTS + 1 }],
  ])('given a snapshot %s, then the log alone says', async (_, parts) => {
    await snapshotAt(20, parts);

    expect(await balance()).toMatchObject({ version: EVENTS, balance: EVENTS - 1, owner: 'Ada' });
  });

  it('given a snapshot that was made while the events were being read, then reads those again', async () => {
    const readNewest = log.readNewest.bind(log);

    await snapshotAt(20);
    jest
      .spyOn(log, 'readNewest')
      .mockImplementationOnce(async (id) => (await log.read(id)).slice(5, 15))
      .mockImplementation(readNewest);
    older.mockClear();

    expect(await balance()).toMatchObject({ version: EVENTS, balance: 1_003 });
    expect(older.mock.calls).toEqual([[ID]]); // by the first answer, above
  });

  it('given a snapshot and no event, then there is nothing', async () => {
    await snapshotAt(20, { id: 'nobody' });

    expect(await loader.load('nobody')).toBeUndefined();
  });

  it('given events of another type, then it is not found', async () => {
    await log.append([{ ...at(1, new AccountOpened('other', 'Ada')), $name: 'org/bank/customer/registered' }]);

    await expect(loader.load('other')).rejects.toThrow(new NotFoundError('Account', 'other'));
  });

  describe('given a log that lacks versions', () => {
    const lacking = (...versions: number[]) => {
      const left = log.events.filter(({ $version }) => !versions.includes($version));

      log.events.splice(0, log.events.length, ...left);
    };

    it.each([
      ['the first', [1], 0, 2],
      ['one that only a load without a snapshot needs', [7], 6, 8],
      ['two between those and the newest', [12, 13], 11, 14],
      ['one of the newest', [18], 17, 19],
    ])('when it is %s, then refuses, and names them', async (_, versions, before, after) => {
      lacking(...versions);

      await expect(loader.load(ID)).rejects.toThrow(new LogHoleError(ID, before, after));
    });

    it.each([
      ['that it does not reach', 5, [7], 6, 8],
      ['that hides it among the newest', 20, [18], 17, 19],
      ['right before it', 12, [13], 12, 14],
    ])('when there is a snapshot %s, then refuses all the same', async (_, version, versions, before, after) => {
      await snapshotAt(version);
      lacking(...versions);

      await expect(loader.load(ID)).rejects.toThrow(new LogHoleError(ID, before, after));
    });
  });

  it('tells the newest events, by which an append is known again', async () => {
    const { newest } = (await loader.load(ID))!;

    expect(newest.map(({ $version }) => $version)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
  });
});
