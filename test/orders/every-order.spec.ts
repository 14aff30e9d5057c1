import { format } from './report';
import { search } from './search';
import { MEETINGS, WITH_OPERATOR } from './worlds';

/** Everyone who may begin something, and all that may go wrong. */
const EVERYTHING = [
  'adaptor',
  'broker',
  'cannot take one for what is in it, for ever',
  'crash',
  'does not take one just now',
  'is done, and then the caller crashes',
  'is done, but its answer is lost',
  'is done, its answer is lost, and the SDK sends it again',
  'is refused for the moment',
  'is refused: somebody took the permission away',
  'is taken once more: five minutes are over',
  'late',
  'loss',
  'mended',
  'old processor',
  'processor',
  'rebuild a',
  'redrive deadLetters',
  'redrive quarantine',
  'replay',
  'replay a',
  'retry',
  'swap',
];

describe('Every order of a small world', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(600_000);

  const met = new Set<string>();

  it.each(Object.entries(MEETINGS))('with %s, comes to what the log says', async (name, world) => {
    const report = await search(world);

    process.stdout.write(format(`With ${name}`, report));
    report.met.forEach((kind) => met.add(kind));
    expect(report.found).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
  });

  it('leaves out orders, and no end', async () => {
    const world = { ...WITH_OPERATOR, running: 1 };
    const [some, all] = [await search(world), await search({ ...world, leavesOutNothing: true })];

    expect(all.found).toBeUndefined();
    expect(all.states).toBeGreaterThan(50 * some.states);
    expect(all.ends).toBe(some.ends);
  });

  it('has everyone begin, and everything go wrong', () => {
    expect([...met].sort()).toEqual(EVERYTHING);
  });
});
