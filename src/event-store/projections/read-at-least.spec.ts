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
  const readUpTo = (version?: number, id = ID, deadline = Infinity) =>
    readAtLeast({ type, id, version, deadline, log: () => log }, read, (row) => row.version);

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

  it('given a deadline, when the row does not come to the version by then, then it is not there yet', async () => {
    const start = Date.now();

    read.mockResolvedValue({ version: 1 });

    await expect(readUpTo(2, ID, start + 200)).rejects.toThrow(NotYetError);
    expect(Date.now() - start).toBeLessThan(300);
  });

  describe('given a row that does not soon come to the version', () => {
    /** What is thrown, and after how many milliseconds; the log is not asked before 600 of them have passed. */
    const failureOf = async (version: number, id = ID) => {
      jest.useFakeTimers();
      try {
        const began = performance.now();
        const reading = readUpTo(version, id).catch((error: unknown) => ({ error, after: performance.now() - began }));

        await jest.advanceTimersByTimeAsync(600);
        expect(readNewest).not.toHaveBeenCalled();
        await jest.advanceTimersByTimeAsync(5_000);
        expect(readNewest).toHaveBeenCalledTimes(1);
        return await reading;
      } finally {
        jest.useRealTimers();
      }
    };
    const WITHIN_A_SECOND = { asymmetricMatch: (after: unknown) => Number(after) <= 1_000 };
    const ABOUT_FIVE_SECONDS = { asymmetricMatch: (after: unknown) => Math.abs(Number(after) - 4_700) <= 300 };

    it.each([undefined, { version: 1 }])(
      'when it stays %j and the log has it, then waits longer, and it is not there yet',
      async (row) => {
        read.mockResolvedValue(row);

        expect(await failureOf(2)).toEqual({
          error: new NotYetError('The version 2 is not to be seen yet. Try again later.'),
          after: ABOUT_FIVE_SECONDS,
        });
      },
    );

    it('when the log has it and the row comes late, then answers it', async () => {
      jest.useFakeTimers();
      try {
        const began = performance.now();
        read.mockImplementation(() => Promise.resolve({ version: performance.now() - began < 1_500 ? 1 : 2 }));
        const reading = readUpTo(2);

        await jest.advanceTimersByTimeAsync(5_000);
        expect(await reading).toEqual({ version: 2 });
      } finally {
        jest.useRealTimers();
      }
    });

    it('when the log does not have it either, then there is no such version', async () => {
      read.mockResolvedValue({ version: 2 });

      expect(await failureOf(3)).toEqual({
        error: new NoSuchVersionError('Account', ID, 3, 2),
        after: WITHIN_A_SECOND,
      });
    });

    it.each([
      ['nothing', NOBODY],
      ['an aggregate of another type', CUSTOMER],
    ])('when the log has %s of this id, then it is not found', async (_, id) => {
      read.mockResolvedValue(undefined);

      expect(await failureOf(1, id)).toEqual({ error: new NotFoundError('Account', id), after: WITHIN_A_SECOND });
    });
  });
});
