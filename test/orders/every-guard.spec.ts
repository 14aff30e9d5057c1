import { GUARDS } from './guards';
import { format } from './report';
import { search } from './search';

// With the guard there is nothing to find in these worlds: each is one of those of worlds.ts, or less than one.
describe('The search, given not', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(120_000);

  it.each(GUARDS)('that $guard, then finds what comes of it', async ({ guard, mutation, world }) => {
    const report = await search(world, mutation);

    process.stdout.write(format(`Not that ${guard}`, report));
    expect(report.found).toBeDefined();
  });
});
