import type { Fault } from './fault-plan';

/** What a run has come to. Every run with the same options has the same report. */
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
  /** Events that were in quarantine; those of the bank were redriven. */
  readonly quarantined: number;
  /** What became of lost events: another record of them came, a later event healed them, or they had to be replayed. */
  readonly lost: { readonly cameAgain: number; readonly healed: number; readonly replayed: number };
  readonly violations: readonly string[];
  /** Of the commands, their answers and the log, but for times and event ids. */
  readonly fingerprint: string;
}

export function format({ faults, resends, lost, violations, ...report }: Report): string {
  const counts = [...faults].map(([fault, count]) => `${fault} ${count}`);

  return [
    `seed ${report.seed}: ${report.commands} commands, ${report.accepted} accepted, ${report.events} events,` +
      ` fingerprint ${report.fingerprint}`,
    `  faults: ${counts.toSorted().join(', ') || 'none'}`,
    `  healing reads ${report.healingReads}, resends ${resends.stream} on the stream and ${resends.queue} on the queues,` +
      ` dead letters ${report.deadLetters}, quarantined ${report.quarantined}`,
    `  lost events: ${lost.cameAgain} came again, ${lost.healed} healed by a later event, ${lost.replayed} replayed`,
    `  violations: ${violations.length}`,
    ...violations.map((violation) => `    ${violation}`),
  ].join('\n');
}
