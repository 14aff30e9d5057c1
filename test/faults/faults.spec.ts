import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { FAULTS, type Fault } from './fault-plan';
import { format, type Report } from './report';
import { runFaults, type RunOptions } from './run';

const seeds = Number(process.env.FAULT_SEEDS ?? 3);
const commands = Number(process.env.FAULT_COMMANDS ?? 60);
const rate = Number(process.env.FAULT_RATE ?? 0.1);
const firstSeed = Number(process.env.FAULT_SEED ?? 1);

/** Against these the transport has no means: an event's successor overtakes it. */
const BREAKS_ORDER: readonly Fault[] = ['lost', 'swapped'];

describe('The system', () => {
  jest.setTimeout(10_000 + seeds * commands * 500);

  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });

  afterAll(() => cloud.stop());

  async function run(options: Partial<RunOptions> = {}): Promise<Report> {
    const report = await runFaults(cloud, { seed: firstSeed, commands, rate, ...options });

    process.stdout.write(`${format(report)}\n`);
    return report;
  }

  it('given faults of every kind, when they stop, then it is as if there had been none', async () => {
    const occurred = new Set<Fault>();

    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const report = await run({ seed });

      report.faults.forEach((_, fault) => occurred.add(fault));
      expect(report.violations).toEqual([]);
    }
    expect(FAULTS.filter((fault) => !occurred.has(fault))).toEqual([]);
  });

  it('given faults that keep the order, then no handler has to read what it missed, and nothing comes twice', async () => {
    const report = await run({ kinds: FAULTS.filter((fault) => !BREAKS_ORDER.includes(fault)) });

    expect(report).toMatchObject({ violations: [], healingReads: 0, resends: { queue: 0 } });
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
