import { isDeepStrictEqual } from 'node:util';

import type { Aggregate, AggregateClass } from '../../src/event-store/aggregates/aggregate';
import type { Snapshot } from '../../src/event-store/snapshots/snapshot';
import { Account } from '../support/account';
import { Branch } from '../support/branch';
import type { StoredState } from './stored-state';

const TYPES: readonly AggregateClass<Aggregate>[] = [Account, Branch];

/** Snapshots that are not what the log makes of their aggregate at their version. */
export function snapshotViolations({ snapshots, streams }: StoredState): string[] {
  const isRight = ({ id, version, aggregateType, stateVersion, state }: Snapshot) => {
    const type = TYPES.find((each) => each.aggregateType === aggregateType);
    const events = (streams.get(id) ?? []).slice(0, version);

    if (type?.stateVersion !== stateVersion || events.length !== version) {
      return false;
    }
    const aggregate = new type(id);

    events.forEach((event) => {
      aggregate.replay(event);
    });
    return isDeepStrictEqual(withoutUndefined(aggregate.state), state);
  };

  return snapshots
    .filter((snapshot) => !isRight(snapshot))
    .map(({ id, version }) => `the snapshot of ${id} at ${version} is not what the log says`);
}

/** As a table gives it back. */
function withoutUndefined(state: object): object {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}
