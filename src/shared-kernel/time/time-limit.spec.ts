import { setTimeout as sleep } from 'node:timers/promises';

import { OutOfTimeError } from '../errors/out-of-time.error';
import { TimeLimit, withTimeLimit } from './time-limit';

const never = () => new Promise<never>(() => undefined);
const soon = () => Date.now() + 50;

describe('TimeLimit', () => {
  it('given work that is done in time, then answers what it answers, or fails as it fails', async () => {
    await withTimeLimit(soon(), async (time) => {
      expect(await time.within(() => Promise.resolve('done'))).toBe('done');
      await expect(time.within(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    });
  });

  it('given work that takes longer, then is out of time', async () => {
    await expect(withTimeLimit(soon(), (time) => time.within(never))).rejects.toThrow(OutOfTimeError);
  });

  it('given that the time is over, then begins nothing', async () => {
    const work = jest.fn(never);
    const time = new TimeLimit(Date.now());

    expect(time.isOver).toBe(true);
    await expect(time.within(work)).rejects.toThrow(OutOfTimeError);
    expect(work).not.toHaveBeenCalled();
    time.end();
  });

  it('given a clock that is behind the timer, then the time is over all the same', async () => {
    const now = Date.now();

    jest.spyOn(Date, 'now').mockReturnValue(now);
    await withTimeLimit(now + 20, async (time) => {
      await expect(time.within(never)).rejects.toThrow(OutOfTimeError);
      expect(time.isOver).toBe(true);
    });
    jest.restoreAllMocks();
  });

  it('given work that fails after its time, then nobody hears of it', async () => {
    const failing = async () => {
      await sleep(100);
      throw new Error('late');
    };

    await expect(withTimeLimit(soon(), (time) => time.within(failing))).rejects.toThrow(OutOfTimeError);
    await sleep(100);
  });

  it.each([Infinity, Date.now() + Number.MAX_SAFE_INTEGER])(
    'given the deadline %d, then there is none',
    async (end) => {
      const slow = () => sleep(20, 'done');

      expect(await withTimeLimit(end, (time) => time.within(slow))).toBe('done');
      expect(new TimeLimit(end).isOver).toBe(false);
    },
  );
});
