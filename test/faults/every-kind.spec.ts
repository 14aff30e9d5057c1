import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { format } from './report';
import { runFaults } from './run';
import { settings } from './settings';

const { seed: first, commands, rate } = settings;
const seeds = Array.from({ length: settings.seeds }, (_, index) => first + index);

describe('The system, given faults of every kind', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(10_000 + commands * 500);

  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterAll(() => cloud.stop());

  it.each(seeds)('when they stop, then it is as if there had been none: seed %i', async (seed) => {
    const report = await runFaults(cloud, { seed, commands, rate });

    process.stdout.write(`${format(report)}\n`);
    expect(report.violations).toEqual([]);
  });
});
