import type { Operator } from '../operator/operator';
import type { Progress } from '../support/progress';

/** What a command is told. */
export interface Options {
  readonly aggregate?: string | undefined;
  readonly all?: boolean | undefined;
  /** The first and the last day in UTC: `2026-11-24`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sql?: string | undefined;
}

/** What a command found or did. */
export interface Answer {
  /** For machines: becomes JSON. */
  readonly data: unknown;
  /** For people. */
  readonly text: string;
  /** Whether all is well; default: yes. */
  readonly isFine?: boolean;
}

/** One of the operator's tools. */
export interface Command {
  readonly run: (operator: Operator, options: Options, progress: Progress) => Promise<Answer>;
  /** What its progress counts. */
  readonly counts: string;
  /** The option that what stands behind the command's name is for. */
  readonly argument?: keyof Options;
  /** One of these has to be given. */
  readonly required: readonly (keyof Options)[];
  readonly optional: readonly (keyof Options)[];
}
