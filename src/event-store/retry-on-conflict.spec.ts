import { setTimeout as sleep } from 'node:timers/promises';

import { ConcurrencyError } from './errors/concurrency.error';
import { retryOnConflict } from './retry-on-conflict';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

function conflicts(times: number): jest.Mock<Promise<string>> {
  const attempt = jest.fn(() => Promise.resolve('done'));

  for (let time = 1; time <= times; time++) {
    attempt.mockRejectedValueOnce(new ConcurrencyError(`conflict ${time}`));
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

  it('given another error, then passes it on at once', async () => {
    const error = new Error('unreachable');
    const attempt = conflicts(1).mockRejectedValueOnce(error);

    await expect(retryOnConflict(attempt)).rejects.toBe(error);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(sleep).toHaveBeenCalledTimes(1);
  });
});
