import type { TestCloud } from '../support/test-cloud';
import type { Mutation } from './mutation';
import type { Report } from './report';
import { runFaults } from './run';
import type { RunOptions } from './run-options';

/** What in a report shows that a guard is missing. */
export type Notice = (report: Report) => number;

/** Something was lost, or applied twice, or stands still. */
export const violations: Notice = (report) => report.violations.length;
/** Handlers had more to do. A dead letter is overtaken, as no transport can help. */
export const healing: Notice = ({ healingReads, deadLetters }) => (deadLetters === 0 ? healingReads : 0);

/** A rule that the system keeps, and how it is when it does not. */
export interface Guard {
  /** Where it is decided: a delivery rule of docs/architecture.md by its number, or the append. */
  readonly rule: 'append' | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
  readonly guard: string;
  readonly mutation: Mutation;
  readonly notice: Notice;
  /** In what runs it comes to light: with which faults, and, where it takes long, from which seed and with how many commands. */
  readonly run: Partial<RunOptions>;
}

const SEEDS = 8;
const COMMANDS = 50;
const RATE = 0.3;

/**
 * Runs seeds until one brings it to light that a guard is missing; with the guard, the same run has nothing to notice.
 *
 * @param restore switches on what the mutation does not
 */
export async function expectNoticed(
  cloud: TestCloud,
  { mutation, notice, run }: Pick<Guard, 'mutation' | 'notice' | 'run'>,
  restore: () => void = () => undefined,
): Promise<void> {
  const { seed: first = 1 } = run;

  for (let seed = first; seed < first + SEEDS; seed++) {
    const options = { commands: COMMANDS, rate: RATE, ...run, seed };

    if (notice(await runFaults(cloud, { ...options, mutation })) > 0) {
      restore();
      expect(notice(await runFaults(cloud, options))).toBe(0);
      return;
    }
  }
  throw new Error(`Nothing notices it in ${SEEDS} seeds from ${first} on.`);
}
