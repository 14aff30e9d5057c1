import { batchLength } from './batch.ts';

const MEGABYTE = 1024 * 1024;

/** A record of exactly so many bytes of JSON. */
function record(bytes: number): object {
  return { data: 'x'.repeat(bytes - '{"data":""}'.length) };
}

describe('batchLength', () => {
  it('takes no more than the batch size', () => {
    expect(batchLength([{}, {}, {}], 2)).toBe(2);
    expect(batchLength([{}], 2)).toBe(1);
  });

  it('takes no more than an event of 6 MB', () => {
    const five = Array.from({ length: 5 }, () => record(MEGABYTE));
    const rest = MEGABYTE - '{"Records":[]}'.length - 6;
    expect(batchLength([...five, record(rest)], 10)).toBe(6);
    expect(batchLength([...five, record(rest + 1)], 10)).toBe(5);
  });

  it('takes at least one record', () => {
    expect(batchLength([record(7 * MEGABYTE), {}], 10)).toBe(1);
  });
});
