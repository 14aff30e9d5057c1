import { Bell } from './bell.ts';
import { PollPace } from './poll-pace.ts';

const LONGEST = 100;

describe('PollPace', () => {
  let news: Bell;
  let pace: PollPace;

  beforeEach(() => {
    jest.useFakeTimers();
    news = new Bell();
    pace = new PollPace(news, { shortest: 20, longest: LONGEST });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Polls for no time at all; answers how many milliseconds pass before the next poll. */
  async function pauseAfter(found: boolean, whileWaiting?: () => void): Promise<number> {
    const start = performance.now();
    pace.polling();
    const next = pace.next(found, new AbortController().signal).then(() => performance.now() - start);
    if (whileWaiting) setTimeout(whileWaiting, 50);
    await jest.advanceTimersByTimeAsync(1_000);
    return next;
  }

  it('given a shard that is quiet, then polls come less and less often, down to the longest pause', async () => {
    const pauses = [await pauseAfter(false), await pauseAfter(false), await pauseAfter(false), await pauseAfter(false)];
    expect(pauses).toEqual([40, 80, LONGEST, LONGEST]);
  });

  it('given a poll that read something, then the next one comes soon', async () => {
    await pauseAfter(false);
    await expect(pauseAfter(true)).resolves.toBe(20);
  });

  it('given a pause, when a function ends that may have written, then the next poll comes at once', async () => {
    await pauseAfter(false);
    await pauseAfter(false);
    await expect(pauseAfter(false, news.ring)).resolves.toBe(50);
  });

  it('given a function that ended during the poll, then the next one comes soon', async () => {
    await pauseAfter(false);
    news.ring();
    await expect(pauseAfter(false)).resolves.toBe(20);
  });

  it('given a function that ends right after a poll, then polls still keep their distance', async () => {
    const start = performance.now();
    pace.polling();
    const next = pace.next(false, new AbortController().signal).then(() => performance.now() - start);
    news.ring();
    await jest.advanceTimersByTimeAsync(1_000);
    await expect(next).resolves.toBe(20);
  });
});
