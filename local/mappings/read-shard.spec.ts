import { Bell } from './bell.ts';
import { readShard } from './read-shard.ts';
import type { Page, Position, StreamReader, StreamRecord } from './stream-reader.ts';

/** A closed shard of the records 1, 2 and 3, read two at a time. An iterator is the index of the record that is next. */
class ClosedShard implements StreamReader {
  readonly pauses = { shortest: 20, longest: 20 };
  readonly positions: Position[] = [];
  readonly #records: readonly StreamRecord[];
  readonly #failures: (Error | undefined)[];

  /** `failures`: what the first reading throws, the second, and so on. */
  constructor(...failures: (Error | undefined)[]) {
    this.#failures = failures;
    this.#records = ['1', '2', '3'].map((sequenceNumber) => ({
      sequenceNumber,
      arrivedAt: 0,
      orderingKey: '',
      eventRecord: {},
    }));
  }

  shards(): Promise<never> {
    throw new Error('Who reads a shard does not list any.');
  }

  iterator(_shardId: string, position: Position): Promise<string> {
    this.positions.push(position);
    return Promise.resolve(typeof position === 'string' ? '0' : position.after);
  }

  read(_shardId: string, iterator: string, limit: number): Promise<Page> {
    const failure = this.#failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const end = Number(iterator) + limit;
    const next = end < this.#records.length ? String(end) : undefined;
    return Promise.resolve({ records: this.#records.slice(Number(iterator), end), next });
  }

  async readAll(): Promise<string[]> {
    const signal = new AbortController().signal;
    const reading = {
      reader: this,
      shardId: 'shard',
      startingPosition: 'TRIM_HORIZON',
      limit: 2,
      patience: 0,
      news: new Bell(),
      signal,
    } as const;
    const read: string[] = [];
    for await (const records of readShard(reading)) read.push(...records.map(({ sequenceNumber }) => sequenceNumber));
    return read;
  }
}

const expired = Object.assign(new Error('too old'), { name: 'ExpiredIteratorException' });

describe('readShard', () => {
  let log: jest.SpyInstance;

  beforeEach(() => {
    log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  afterEach(() => {
    log.mockRestore();
  });

  it('reads a closed shard to its end with one iterator', async () => {
    const shard = new ClosedShard();
    await expect(shard.readAll()).resolves.toEqual(['1', '2', '3']);
    expect(shard.positions).toEqual(['TRIM_HORIZON']);
  });

  it('given an iterator that has expired, when it reads on, then it begins after the last record', async () => {
    const shard = new ClosedShard(undefined, expired);
    await expect(shard.readAll()).resolves.toEqual(['1', '2', '3']);
    expect(shard.positions).toEqual(['TRIM_HORIZON', { after: '2' }]);
    expect(log).not.toHaveBeenCalled();
  });

  it('given an engine that fails, when it reads on, then it says so once and begins after the last record', async () => {
    const shard = new ClosedShard(undefined, new Error('refused'), new Error('refused'));
    await expect(shard.readAll()).resolves.toEqual(['1', '2', '3']);
    expect(shard.positions).toEqual(['TRIM_HORIZON', { after: '2' }, { after: '2' }]);
    expect(log.mock.calls).toEqual([['Reading shard failed and is tried again: Error: refused']]);
  });
});
