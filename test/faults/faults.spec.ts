import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { type Fault, FAULTS } from './fault-plan';
import type { Report } from './report';
import { runFaults } from './run';
import type { RunOptions } from './run-options';

/** Against these the transport has no means: an event's successor overtakes it. */
const BREAKS_ORDER: readonly Fault[] = ['lost', 'swapped'];

describe('A run', () => {
  jest.setTimeout(60_000);

  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterAll(() => cloud.stop());

  function run(options: Partial<RunOptions> = {}): Promise<Report> {
    return runFaults(cloud, { seed: 1, commands: 80, rate: 0.1, ...options });
  }

  it('given many faults, then meets every kind of them, and comes to the same each time', async () => {
    const many = { seed: 2, commands: 120, rate: 0.3 };
    const report = await run(many);

    expect(FAULTS.filter((fault) => !report.faults.has(fault))).toEqual([]);
    expect(Math.min(...Object.values(report.lost), report.deadLetters)).toBeGreaterThan(0);
    expect(await run(many)).toEqual(report);
  });

  it('given faults that keep the order, then no handler has to read what it missed, and nothing comes twice', async () => {
    const report = await run({ kinds: FAULTS.filter((fault) => !BREAKS_ORDER.includes(fault)) });

    // With more faults a message may fail five times, and then its successors overtake it.
    expect(report).toMatchObject({ violations: [], deadLetters: 0, healingReads: 0, resends: { queue: 0 } });
  });

  it('given no faults, then nothing is sent twice and no handler has to read what it missed', async () => {
    const report = await run({ rate: 0 });

    expect(report).toMatchObject({
      violations: [],
      healingReads: 0,
      resends: { stream: 0, queue: 0 },
      deadLetters: 0,
      faults: new Map(),
    });
  });
});
