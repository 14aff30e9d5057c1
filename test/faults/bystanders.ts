import { projectionViolations } from './projection-checks';
import type { StoredState } from './stored-state';

/**
 * Rows that are not what the log makes of them, of aggregates of which nothing was set aside and nothing lost.
 *
 * @param affected ids of those of which something was
 */
export function bystanderViolations(state: StoredState, affected: ReadonlySet<string>): string[] {
  const isBystander = (id: string) => !affected.has(id);

  return projectionViolations({
    ...state,
    streams: new Map([...state.streams].filter(([id]) => isBystander(id))),
    accounts: state.accounts.filter(({ id }) => isBystander(id)),
    branches: state.branches.filter(({ id }) => isBystander(id)),
    holdings: state.holdings.filter(({ accountId }) => isBystander(accountId)),
    checkpoints: state.checkpoints.filter(({ id }) => isBystander(id)),
  }).map((violation) => `held up by others: ${violation}`);
}
