import type { Fault } from './fault-plan';

/** What a run has come to. */
export interface Report {
  readonly seed: number;
  readonly commands: number;
  readonly accepted: number;
  /** In the log. */
  readonly events: number;
  readonly faults: ReadonlyMap<Fault, number>;
  /** How often a handler read from the log what had not come to it. */
  readonly healingReads: number;
  /** Events that were put on the stream once more, and that came from a queue once more. */
  readonly resends: { readonly stream: number; readonly queue: number };
  /** Messages that went to a dead-letter queue and were redriven. */
  readonly deadLetters: number;
  readonly violations: readonly string[];
}

export function format({ faults, resends, violations, ...report }: Report): string {
  const counts = [...faults].map(([fault, count]) => `${fault} ${count}`);

  return [
    `seed ${report.seed}: ${report.commands} commands, ${report.accepted} accepted, ${report.events} events`,
    `  faults: ${counts.toSorted().join(', ') || 'none'}`,
    `  healing reads ${report.healingReads}, resends ${resends.stream} on the stream and ${resends.queue} on the queues,` +
      ` dead letters ${report.deadLetters}`,
    `  violations: ${violations.length}`,
    ...violations.map((violation) => `    ${violation}`),
  ].join('\n');
}
