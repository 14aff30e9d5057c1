import { setTimeout as sleep } from 'node:timers/promises';

import { BusyError } from './errors/busy.error';
import { ConcurrencyError } from './errors/concurrency.error';
import { OutcomeUnknownError } from './errors/outcome-unknown.error';
import { retryOnConflict } from './retry-on-conflict';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

function conflicts(times: number, kind = ConcurrencyError): jest.Mock<Promise<string>> {
  const attempt = jest.fn(() => Promise.resolve('done'));

  for (let time = 1; time <= times; time++) {
    attempt.mockRejectedValueOnce(new kind(`conflict ${time}`));
  }
  return attempt;
}

describe('retryOnConflict', () => {
  beforeEach(() => {
    jest.clearAllMocks();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('given no conflict, then makes one attempt', async () => {
    const attempt = conflicts(0);

    expect(await retryOnConflict(attempt)).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('given five conflicts, then succeeds at the sixth attempt, after delays that grow', async () => {
    const attempt = conflicts(5);

    expect(await retryOnConflict(attempt)).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(6);
    expect(jest.mocked(sleep).mock.calls).toEqual([[8], [16], [32], [64], [128]]);
  });

  it('given a sixth conflict, then gives up with that one', async () => {
    const attempt = conflicts(6);

    await expect(retryOnConflict(attempt)).rejects.toThrow(new ConcurrencyError('conflict 6'));
    expect(attempt).toHaveBeenCalledTimes(6);
  });

  it('given that others only use the same items, then tries again as long as there is time, after short delays', async () => {
    const attempt = conflicts(100, BusyError);

    expect(await retryOnConflict(attempt)).toBe('done');
    expect(jest.mocked(sleep).mock.calls.slice(0, 4)).toEqual([[8], [16], [32], [32]]);
    expect(jest.mocked(sleep).mock.calls.at(-1)).toEqual([32]);
  });

  describe('given attempts of two seconds each', () => {
    /** Each of them moves the clock, which starts at 0. */
    const slow = () => {
      let now = 0;

      jest.spyOn(Date, 'now').mockImplementation(() => now);
      return jest.fn(() => {
        now += 2_000;
        return Promise.reject(new BusyError('busy'));
      });
    };

    it.each([
      ['when there is a deadline, then begins none that would not be done by then', { deadline: 9_000 }, 4],
      ['when the deadline is over, then makes the one attempt', { deadline: -1 }, 1],
      ['when there is none, then has 20 seconds', {}, 9],
    ])('%s', async (_, attempting, count) => {
      const attempt = slow();

      await expect(retryOnConflict(attempt, attempting)).rejects.toThrow(BusyError);
      expect(attempt).toHaveBeenCalledTimes(count);
    });
  });

  it('given an attempt of unknown outcome, then the next one looks, and there is no third', async () => {
    const attempt = conflicts(2, OutcomeUnknownError);

    await expect(retryOnConflict(attempt, { consults: () => true })).rejects.toThrow(OutcomeUnknownError);
    expect(attempt).toHaveBeenCalledTimes(2);
  });

  it('given both kinds, then only those who wrote first count to the sixth', async () => {
    const attempt = conflicts(10, BusyError);

    for (let rival = 1; rival <= 5; rival++) {
      attempt.mockRejectedValueOnce(new ConcurrencyError(`rival ${rival}`));
    }

    expect(await retryOnConflict(attempt)).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(16);
  });

  it.each([ConcurrencyError, BusyError])(
    'given an attempt that consults and meets a %p, then stands back',
    async (kind) => {
      const attempt = conflicts(8, kind);
      const tried = retryOnConflict(attempt, { consults: () => true });

      await expect(tried).rejects.toThrow(kind);
      expect(attempt).toHaveBeenCalledTimes(8);
      expect(jest.mocked(sleep).mock.calls).toEqual([[32], [64], [128], [256], [512], [1_024], [2_048]]);
    },
  );

  it('given another error, then passes it on at once', async () => {
    const error = new Error('unreachable');
    const attempt = conflicts(1).mockRejectedValueOnce(error);

    await expect(retryOnConflict(attempt)).rejects.toBe(error);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(sleep).toHaveBeenCalledTimes(1);
  });
});
