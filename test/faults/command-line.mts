import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run test:faults -- [options]

Runs commands through the whole system while things go wrong, then checks that nothing is lost and nothing is doubled, and
that each guard against that is needed. With options it makes only runs with faults of every kind, as many as are asked for.

  --seed N      First seed, 1 by default. The same seed brings the same commands, the same faults and the same report.
  --seeds N     How many seeds, one after the other. 4 by default.
  --commands N  Commands of each seed. 80 by default.
  --rate R      Probability of a fault at each occasion, from 0 to 1. 0.1 by default.
  --help        Print this text.`;

/** An argument is not what it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface CommandLine {
  readonly help: boolean;
  /** The settings that were given, by the variable that hands each to the suite. */
  readonly environment: Readonly<Record<string, string>>;
}

const NUMBER = { expected: 'a whole number above 0', test: (value: string) => /^0*[1-9]\d{0,8}$/.test(value) };
const SHARE = {
  expected: 'a number from 0 to 1',
  test: (value: string) => /^\d*\.?\d+$/.test(value) && Number(value) <= 1,
};
const SETTINGS = [
  { flag: 'seed', variable: 'FAULT_SEED', ...NUMBER },
  { flag: 'seeds', variable: 'FAULT_SEEDS', ...NUMBER },
  { flag: 'commands', variable: 'FAULT_COMMANDS', ...NUMBER },
  { flag: 'rate', variable: 'FAULT_RATE', ...SHARE },
] as const;

/** @throws UsageError for an argument that is unknown or wrong */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { help, ...values } = parse(args);
  const given = SETTINGS.flatMap(({ flag, variable, expected, test }) => {
    const value = values[flag];

    if (value !== undefined && !test(value)) {
      throw new UsageError(`--${flag}: expected ${expected}, got "${value}".`);
    }
    return value === undefined ? [] : [[variable, value] as const];
  });

  return { help, environment: Object.fromEntries(given) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        commands: { type: 'string' },
        rate: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);

    throw new UsageError(`${sentence}. See npm run test:faults -- --help.`, { cause: error });
  }
}
