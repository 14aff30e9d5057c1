import { RecordBuffer } from './record-buffer.ts';

const LIMITS = { seconds: 60, bytes: 4 };

describe('RecordBuffer', () => {
  let delivered: string[];
  let release: (() => void) | undefined;
  let buffer: RecordBuffer;

  beforeEach(() => {
    jest.useFakeTimers();
    delivered = [];
    release = undefined;
    buffer = new RecordBuffer(LIMITS, (records) => {
      delivered.push(records.map(({ data }) => data.toString()).join(' '));
      return Promise.resolve();
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function push(...texts: string[]): void {
    for (const text of texts) buffer.push({ data: Buffer.from(text), arrivedAt: 0 });
  }

  const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);

  /** One whose deliveries last until they are released. */
  function slow(): void {
    buffer = new RecordBuffer(LIMITS, (records) => {
      delivered.push(records.map(({ data }) => data.toString()).join(' '));
      return new Promise((resolve) => {
        release = resolve;
      });
    });
  }

  it('given too little for its size, then it waits for the interval, which begins with the first record', async () => {
    await seconds(100);
    push('a');
    await seconds(59);
    push('b');
    expect(delivered).toEqual([]);
    await seconds(1);
    expect(delivered).toEqual(['a b']);
    push('c');
    await seconds(59);
    expect(delivered).toEqual(['a b']);
    await seconds(1);
    expect(delivered).toEqual(['a b', 'c']);
  });

  it('given enough for its size, then it delivers at once', async () => {
    push('aa', 'bb');
    await seconds(0);
    expect(delivered).toEqual(['aa bb']);
  });

  it('given nothing, then it delivers nothing', async () => {
    await seconds(1000);
    await buffer.finish();
    expect(delivered).toEqual([]);
  });

  it('when it finishes, then it delivers what it has', async () => {
    push('a');
    await buffer.finish();
    expect(delivered).toEqual(['a']);
  });

  it('given a delivery that lasts, then it takes one more buffer, and what waited its interval goes next', async () => {
    slow();
    push('aaaa');
    await seconds(0);
    push('bbbb');
    const room = jest.fn();
    void buffer.room(new AbortController().signal).then(room);
    await seconds(60);
    expect(room).not.toHaveBeenCalled();
    expect(delivered).toEqual(['aaaa']);
    release?.();
    await seconds(0);
    expect(room).toHaveBeenCalled();
    expect(delivered).toEqual(['aaaa', 'bbbb']);
  });

  it('given no room, when its reader stops, then it waits no longer', async () => {
    slow();
    push('aaaa');
    await seconds(0);
    push('bbbb');
    const stopping = new AbortController();
    const room = buffer.room(stopping.signal);
    stopping.abort();
    await expect(room).resolves.toBeUndefined();
  });
});
