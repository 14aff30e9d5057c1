import { format } from './report';
import { search } from './search';
import { BATCHES } from './worlds';

describe('Every batch of a small world', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(600_000);

  it.each(Object.entries(BATCHES))('with %s, comes to what the log says', async (name, world) => {
    const report = await search(world);

    process.stdout.write(format(`With ${name}`, report));
    expect(report.found).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
  });
});
