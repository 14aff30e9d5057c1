import type { Mutation } from './mutation';
import type { Report } from './report';
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
  readonly rule: 'append' | 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly guard: string;
  readonly mutation: Mutation;
  readonly notice: Notice;
  /** In what runs it comes to light: with which faults, and, where it takes long, from which seed and with how many commands. */
  readonly run: Partial<RunOptions>;
}
