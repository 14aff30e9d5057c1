import { NotYetError } from '../errors/not-yet.error';
import { readAtLeast } from './read-at-least';

// Jest's fake timers are the global ones.
jest.mock('node:timers/promises', () => ({
  setTimeout: (delay: number) => new Promise((resolve) => setTimeout(resolve, delay)),
}));

describe('readAtLeast', () => {
  const read = jest.fn<Promise<{ version: number } | undefined>, []>();
  const readUpTo = (version?: number) => readAtLeast(version, read, (row) => row.version);

  beforeEach(() => {
    read.mockReset();
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

  it.each([undefined, { version: 2 }])('given a row that stays %j, then gives up after five seconds', async (row) => {
    jest.useFakeTimers();
    read.mockResolvedValue(row);

    try {
      const givenUp = jest.fn();
      const reading = readUpTo(3).catch(givenUp);

      await jest.advanceTimersByTimeAsync(4_500);
      expect(givenUp).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(500);
      await reading;
      expect(givenUp).toHaveBeenCalledWith(expect.any(NotYetError));
      expect(read.mock.calls.length).toBeGreaterThan(10);
    } finally {
      jest.useRealTimers();
    }
  });
});
