import { Account } from '../../../test/support/account';
import { CONTEXT } from '../../../test/support/events';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { InMemorySnapshotStore } from '../../../test/support/in-memory-snapshot-store';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { BusyError } from '../errors/busy.error';
import { OutcomeUnknownError } from '../errors/outcome-unknown.error';
import { ThrottledError } from '../errors/throttled.error';
import { AggregateRepository } from './aggregate.repository';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

describe('AppendAttempts', () => {
  let log: InMemoryEventLog;
  let accounts: AggregateRepository<Account>;

  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    log = new InMemoryEventLog();
    accounts = instance();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const instance = () =>
    new AggregateRepository(Account, { log, snapshots: new InMemorySnapshotStore(), snapshotInterval: 10 });
  const open = () => accounts.create(Account.open(ID, 'Ada'), CONTEXT, [], ({ owner }) => owner === 'Ada');
  const deposit = () => accounts.change(ID, CONTEXT, (account) => void account.deposit(5));

  /** The next appends have no answer, and may take effect all the same. After that, all that is asked of the log fails with `next`. */
  function loseAnswers(count: number, { isEffective, next }: { isEffective: boolean; next?: Error }): void {
    const append = log.append.bind(log);
    const fail = () => Promise.reject(next!);

    for (let lost = 0; lost < count; lost++) {
      jest.spyOn(log, 'append').mockImplementationOnce(async (...entries) => {
        if (isEffective) {
          await append(...entries);
        }
        if (next) {
          jest.spyOn(log, 'append').mockImplementation(fail);
          jest.spyOn(log, 'readNewest').mockImplementation(fail);
        }
        throw new OutcomeUnknownError('No answer.');
      });
    }
  }

  describe.each([
    ['that creates', open, 1],
    ['that changes what is warm', deposit, 2],
    ['that changes what is cold', () => ((accounts = instance()), deposit()), 2],
  ])('given a command %s', (_, command, version) => {
    beforeEach(async () => {
      if (version > 1) {
        await open();
      }
    });

    it.each([true, false])(
      'when the answer is lost, and it took effect: %j, then looks, and it is done once',
      async (isEffective) => {
        loseAnswers(1, { isEffective });

        expect(await command()).toEqual({ id: ID, version });
        expect(log.events).toHaveLength(version);
      },
    );

    it.each([new ThrottledError('Later.'), new BusyError('In use.'), new Error('no connection')])(
      'when from then on there is only a %p, then does not say that nothing was done',
      async (error) => {
        loseAnswers(1, { isEffective: true, next: error });

        await expect(command()).rejects.toThrow(OutcomeUnknownError);
        expect(log.events).toHaveLength(version);
      },
    );

    it('when every answer is lost, then gives up soon, and says that nobody knows', async () => {
      loseAnswers(3, { isEffective: false });

      await expect(command()).rejects.toThrow(OutcomeUnknownError);
    });
  });

  it('given that an attempt is known not to have taken effect, when the next one is throttled, then says so', async () => {
    await open();
    loseAnswers(1, { isEffective: false });
    jest.spyOn(log, 'append').mockRejectedValueOnce(new ThrottledError('Later.'));

    await expect(deposit()).rejects.toThrow(ThrottledError);
  });

  it('given a first attempt that nobody wonders about, when the load is refused, then says why', async () => {
    jest.spyOn(log, 'readNewest').mockRejectedValueOnce(new ThrottledError('Later.'));

    await expect(deposit()).rejects.toThrow(ThrottledError);
    await expect(deposit()).rejects.toThrow(NotFoundError);
  });
});
