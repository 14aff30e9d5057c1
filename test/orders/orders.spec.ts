import { GUARDS } from './guards';
import { search } from './search';

for (const table of ['projectionAccountsTable', 'portfoliosTable', 'checkpointsTable']) {
  process.env[table] = table;
}

describe('The search, given not', () => {
  it.each(GUARDS)('that $guard, then finds what comes of it', async ({ guard, mutation, world }) => {
    const start = process.cpuUsage();
    const { found, ...report } = await search(world, mutation);

    process.stdout.write(`\nWITHOUT ${guard}: ${JSON.stringify(report)} ${process.cpuUsage(start).user / 1000}ms\n${found ? [...found.story, found.violation].join('\n') : ''}\n`);
    expect(found).toBeDefined();
  }, 60_000);
});
