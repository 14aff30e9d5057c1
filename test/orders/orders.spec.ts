import { search } from './search';

describe('every order', () => {
  it('x', async () => {
    const start = performance.now();
    const { found, ...report } = await search({
      faults: Number(process.env.F ?? 0),
      interventions: Number(process.env.I ?? 0),
      batch: Number(process.env.B ?? 3),
      running: Number(process.env.R ?? 2),
      oldCode: true,
      mixed: Boolean(process.env.M),
    });

    process.stdout.write(`${JSON.stringify(report)} ${performance.now() - start}ms cpu ${JSON.stringify(process.cpuUsage())}\n${found ? [...found.story, found.violation].join('\n') : ''}\n`);
  }, 600_000);
});
