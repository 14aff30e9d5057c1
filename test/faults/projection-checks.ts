import { isDeepStrictEqual } from 'node:util';

import type { Event } from '../../src/event-store/events/event';
import type { Projection } from '../../src/event-store/projections/projection';
import { AccountProjection, BranchProjection, type Holding } from '../support/bank.module';
import type { StoredState } from './stored-state';

const PORTFOLIO_EVENTS = /^org\/bank\/account\/(?:opened|renamed|handedOver)$/;

/** Where the projections and their checkpoints are not what the log makes of them. */
export function projectionViolations({ streams, accounts, branches, holdings, checkpoints }: StoredState): string[] {
  const all = [...streams.values()];
  const ofAccounts = all.filter(([first]) => first!.$name.startsWith('org/bank/account/'));
  const ofBranches = all.filter(([first]) => first!.$name.startsWith('org/bank/branch/'));
  const followed = ofAccounts.flatMap((stream) => stream.findLast(({ $name }) => PORTFOLIO_EVENTS.test($name)) ?? []);

  return [
    ...differences(
      'account',
      ofAccounts.map((stream) => fold(new AccountProjection(), stream)),
      accounts,
      ({ id }) => id,
    ),
    ...differences(
      'branch',
      ofBranches.map((stream) => fold(new BranchProjection(), stream)),
      branches,
      ({ id }) => id,
    ),
    ...differences('holding', ofAccounts.map(holdingOf), holdings, (row) => `${row.owner} ${row.accountId}`),
    ...differences(
      'checkpoint',
      followed.map(({ id, $version }) => ({ handler: 'portfolios', id, version: $version })),
      checkpoints,
      ({ id }) => id,
    ),
  ];
}

function fold<TProjection extends Projection>(projection: TProjection, stream: readonly Event[]): TProjection {
  stream.forEach((event) => {
    projection.apply(event);
  });
  return projection;
}

/** An account in its last owner's list, by what its events say themselves, without regard to what they are enriched with. */
function holdingOf(stream: readonly Event[]): Holding {
  let holding = {};

  for (const event of stream.filter(({ $name }) => PORTFOLIO_EVENTS.test($name))) {
    const { id: accountId, timestamp, to } = event as Event & { readonly to?: string };
    const { owner = to, name, branchId } = event as Partial<Holding>;

    holding = {
      ...holding,
      ...Object.fromEntries(Object.entries({ owner, name, branchId }).filter(([, value]) => value !== undefined)),
      accountId,
      timestamp,
    };
  }
  return holding as Holding;
}

function differences<T extends object>(
  kind: string,
  expected: readonly T[],
  actual: readonly T[],
  keyOf: (row: T) => string,
): string[] {
  const wanted = new Map(expected.map((row) => [keyOf(row), plain(row)]));
  const found = new Map(actual.map((row) => [keyOf(row), plain(row)]));

  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => !isDeepStrictEqual(wanted.get(key), found.get(key)))
    .map((key) => `${kind} ${key}: ${JSON.stringify(found.get(key))} instead of ${JSON.stringify(wanted.get(key))}`);
}

/** As JSON: without a class, and without what is undefined. */
function plain(row: object): unknown {
  return JSON.parse(JSON.stringify(row));
}
