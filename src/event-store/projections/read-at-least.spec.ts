import { AccountDeposited, AccountOpened } from '../../../test/support/account';
import { recorded } from '../../../test/support/events';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { NoSuchVersionError } from '../errors/no-such-version.error';
import { NotYetError } from '../errors/not-yet.error';
import type { Event } from '../events/event';
import { readAtLeast } from './read-at-least';

// Jest's fake timers are the global ones.
jest.mock('node:timers/promises', () => ({
  setTimeout: (delay: number) => new Promise((resolve) => setTimeout(resolve, delay)),
}));

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';
const CUSTOMER = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const NOBODY = '7d5c8b1e-3f0a-4c7d-9a51-0d8f6b1c2e3a';

describe('readAtLeast', () => {
  const read = jest.fn<Promise<{ version: number } | undefined>, []>();
  const type = { name: 'Account', aggregateType: 'org/bank/account' };
  const log = new InMemoryEventLog();
  const readNewest = jest.spyOn(log, 'readNewest');
  const readUpTo = (version?: number, id = ID) =>
    readAtLeast({ type, id, version, log: () => log }, read, (row) => row.version);

  beforeAll(async () => {
    await log.append([recorded(new AccountOpened(ID, 'Ada'), 1), recorded(new AccountDeposited(ID, 20), 2)]);
    await log.append([{ id: CUSTOMER, $name: 'org/bank/customer/registered', $version: 1, timestamp: '' } as Event]);
  });

  beforeEach(() => {
    read.mockReset();
    readNewest.mockClear();
  });

  it('given no version, then reads once, whatever is there', async () => {
    read.mockResolvedValue(undefined);

    expect(await readUpTo()).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it.each([3, 4])('given the version 3 and a row at %i, then answers it at once', async (version) => {
    read.mockResolvedValue({ version });

    expect(await readUpTo(3)).toEqual({ version });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('given a row that comes and then follows, then waits for it', async () => {
    read.mockResolvedValueOnce(undefined).mockResolvedValueOnce({ version: 2 }).mockResolvedValue({ version: 3 });

    expect(await readUpTo(3)).toEqual({ version: 3 });
    expect(read).toHaveBeenCalledTimes(3);
  });

  describe('given a row that does not come to the version within a second', () => {
    const reasonFor = async (version: number, id = ID) => {
      const givenUp = jest.fn<undefined, [Error]>();

      jest.useFakeTimers();
      try {
        const reading = readUpTo(version, id).catch(givenUp);

        await jest.advanceTimersByTimeAsync(900);
        expect(givenUp).not.toHaveBeenCalled();
        expect(readNewest).not.toHaveBeenCalled();
        await jest.advanceTimersByTimeAsync(200);
        await reading;
        return givenUp.mock.lastCall?.[0];
      } finally {
        jest.useRealTimers();
      }
    };

    it.each([undefined, { version: 1 }])(
      'when it stays %j and the log has it, then it is not there yet',
      async (row) => {
        read.mockResolvedValue(row);

        expect(await reasonFor(2)).toBeInstanceOf(NotYetError);
        expect(readNewest).toHaveBeenCalledTimes(1);
      },
    );

    it('when the log does not have it either, then there is no such version', async () => {
      read.mockResolvedValue({ version: 2 });

      expect(await reasonFor(3)).toEqual(new NoSuchVersionError('Account', ID, 3, 2));
    });

    it.each([
      ['nothing', NOBODY],
      ['an aggregate of another type', CUSTOMER],
    ])('when the log has %s of this id, then it is not found', async (_, id) => {
      read.mockResolvedValue(undefined);

      expect(await reasonFor(1, id)).toEqual(new NotFoundError('Account', id));
    });
  });
});
