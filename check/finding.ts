/** A mistake in the wiring, by its name. */
export interface Finding {
  /** Which kind of mistake: `event-in-no-module`. */
  readonly rule: string;
  /** The class, the resource or the entry that is wrong. */
  readonly subject: string;
  /** Where to mend it: a path from the project's root. */
  readonly file: string;
  /** What is wrong, without the full stop. */
  readonly problem: string;
  /** What mends it, without the full stop. */
  readonly remedy: string;
}

/** A finding as it is told. */
export function lineOf({ rule, subject, file, problem, remedy }: Finding): string {
  return `${subject} (${file}): ${problem}. ${remedy}. [${rule}]`;
}
