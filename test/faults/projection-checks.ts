import { isDeepStrictEqual } from 'node:util';

import type { Event } from '../../src/event-store/events/event';
import type { Projection } from '../../src/event-store/projections/projection';
import type { Membership } from '../../src/iam/membership/projections/membership.projection';
import { RoleProjection } from '../../src/iam/role/projections/role.projection';
import { UserProjection } from '../../src/iam/user/projections/user.projection';
import type { StoredState } from './stored-state';

const MEMBERSHIP_EVENTS = /^org\/iam\/user\/(?:updated|roleAdded|roleRemoved)$/;

/** Where the projections and their checkpoints are not what the log makes of them. */
export function projectionViolations({ streams, users, roles, memberships, checkpoints }: StoredState): string[] {
  const all = [...streams.values()];
  const ofUsers = all.filter(([first]) => first!.$name.startsWith('org/iam/user/'));
  const ofRoles = all.filter(([first]) => first!.$name.startsWith('org/iam/role/'));
  const followed = ofUsers.flatMap((stream) => stream.findLast(({ $name }) => MEMBERSHIP_EVENTS.test($name)) ?? []);

  return [
    ...differences(
      'user',
      ofUsers.map((stream) => fold(new UserProjection(), stream)),
      users,
      ({ id }) => id,
    ),
    ...differences(
      'role',
      ofRoles.map((stream) => fold(new RoleProjection(), stream)),
      roles,
      ({ id }) => id,
    ),
    ...differences('membership', ofUsers.flatMap(membershipsOf), memberships, (row) => `${row.roleId} ${row.userId}`),
    ...differences(
      'checkpoint',
      followed.map(({ id, $version }) => ({ handler: 'role-memberships', id, version: $version })),
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

/** A user's memberships by what the user is and holds at the end, without regard to what events say of others. */
function membershipsOf(stream: readonly Event[]): Membership[] {
  let user = {};
  const roles = new Set<string>();

  for (const event of stream) {
    const { $name, email, firstName, lastName, roleId } = event as Event & Partial<Membership>;

    if ($name.endsWith('/registered')) {
      user = { userId: event.id, email };
    } else if ($name.endsWith('/updated')) {
      user = { ...user, firstName, lastName };
    } else if ($name.endsWith('/roleAdded')) {
      roles.add(roleId!);
    } else if ($name.endsWith('/roleRemoved')) {
      roles.delete(roleId!);
    }
  }
  return [...roles].map((roleId) => ({ roleId, ...user }) as Membership);
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
