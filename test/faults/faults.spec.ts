import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { type Fault, FAULTS } from './fault-plan';
import type { Report } from './report';
import { runFaults } from './run';
import type { RunOptions } from './run-options';

/** An event's successor overtakes it: against some the transport has no means, and what is set aside is to hold up nobody. */
const BREAKS_ORDER: readonly Fault[] = ['lost', 'swapped', 'entry refused', 'call refused', 'queue denied'];

describe('A run', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(300_000);

  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterAll(() => cloud.stop());

  function run(options: Partial<RunOptions> = {}): Promise<Report> {
    return runFaults(cloud, { seed: 1, commands: 80, rate: 0.1, ...options });
  }

  it('given many faults, then meets every kind of them, and comes to the same each time', async () => {
    const many = { seed: 7, commands: 100, rate: 0.4 };
    const report = await run(many);

    expect(FAULTS.filter((fault) => !report.faults.has(fault))).toEqual([]);
    expect(Math.min(...Object.values(report.lost), report.deadLetters, report.quarantined)).toBeGreaterThan(0);
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
