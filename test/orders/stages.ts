import type { ActorName } from './actors';
import { mappingOf } from './invocations';
import { TOUCHED } from './operators';
import { ACCOUNTS } from './small-log';
import type { State } from './state';

/** Steps that need not wait for others. */
export interface Stage {
  readonly actors: readonly ActorName[];
  /** Only what is about this account. */
  readonly account?: string;
}

/** All functions. */
export const ALL: readonly ActorName[] = ['adaptor', 'broker', 'retry', 'processor', 'old processor'];
export const STAGES: readonly Stage[] = [{ actors: ['adaptor'] }, { actors: ['broker', 'retry'] }];
export const STAGES_OF_ACCOUNTS: readonly Stage[] = [
  STAGES[0]!,
  ...ACCOUNTS.flatMap((account) => [
    { actors: ['broker', 'retry'] as const, account },
    { actors: ['processor', 'old processor'] as const, account },
  ]),
];

/** No operator is at work, or will be before the system is quiet: not on this account, or on none. */
export function isUndisturbed({ interventions, running }: State, account?: string): boolean {
  const isOthers = account !== undefined && account !== TOUCHED;

  return (
    (interventions === 0 || isOthers) &&
    running.every(({ actor }) => mappingOf(actor) ?? (isOthers && actor.endsWith(` ${TOUCHED}`)))
  );
}

/** Whether a stage comes before all that is not in it. */
export function isUrgent(state: State, { actors, account }: Stage): boolean {
  return actors.includes('adaptor') || isUndisturbed(state, account);
}
