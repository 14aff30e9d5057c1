import fc from 'fast-check';

import { recorded } from '../../../../test/support/events';
import type { Event } from '../../../event-store/events/event';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { Role } from '../../role/models/role';
import { User } from '../../user/models/user';
import { UserRoleAddedEnricher } from '../../user/services/user-role-added.enricher';
import { UserRoleRemovedEnricher } from '../../user/services/user-role-removed.enricher';
import { UserUpdatedEnricher } from '../../user/services/user-updated.enricher';

const USERS = ['ada00000-0000-4000-8000-000000000000', 'b0b00000-0000-4000-8000-000000000000'];
const ROLES = ['ace00000-0000-4000-8000-000000000000', 'fab00000-0000-4000-8000-000000000000'];

const MAXIMUM_ACTS = 20;

export const MAXIMUM_AGGREGATES = 3;
/** Of one aggregate: the first, and one for each act. */
export const MAXIMUM_EVENTS = 1 + MAXIMUM_ACTS;

/** Users and roles as they are after all that happened to them, with the events that made them so. */
export interface Lives {
  readonly users: readonly User[];
  readonly roles: readonly Role[];
}

/** Each aggregate's events, in their order. */
export function streamsOf({ users, roles }: Lives): readonly (readonly Event[])[] {
  return [...users, ...roles].map(({ recorded: events }) => events.map((event) => recorded(event, event.$version)));
}

function born(users: number, roles: number): Lives {
  return {
    users: USERS.slice(0, users).map((id) => User.register(id, `${id}@domain.com`)),
    roles: ROLES.slice(0, roles).map((id, index) => Role.create(id, ['Admin', 'Auditor'][index]!)),
  };
}

type Intention = (user: User, role: Role, firstName: string) => void;

const addRole: Intention = (user, role) => {
  role.ensureAssignable();
  new UserRoleAddedEnricher(user, role).enrich(user.addRole(role.id));
};
const update: Intention = (user, _, firstName) => {
  new UserUpdatedEnricher(user).enrich(user.update(firstName, 'Byron'));
};
const removeRole: Intention = (user, role) => {
  new UserRoleRemovedEnricher().enrich(user.removeRole(role.id));
};
const disableUser: Intention = (user) => user.disable();
const disableRole: Intention = (_, role) => role.disable();

const nth = <T>(of: readonly T[], index: number) => of[index % of.length]!;

/** Something that is done to lives, and may be refused. */
const anyAct: fc.Arbitrary<(lives: Lives) => void> = fc
  .record({
    intention: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(addRole, update) },
      { weight: 3, arbitrary: fc.constant(removeRole) },
      { weight: 1, arbitrary: fc.constantFrom(disableUser, disableRole) },
    ),
    who: fc.nat(1),
    which: fc.nat(1),
    firstName: fc.constantFrom('Ada', 'Grace', 'Joan'),
  })
  .map(({ intention, who, which, firstName }) => ({ users, roles }) => {
    intention(nth(users, who), nth(roles, which), firstName);
  });

/** Two or three aggregates, a user and a role at least, with any life that the domain allows. */
export const anyLives: fc.Arbitrary<Lives> = fc
  .tuple(
    fc.constantFrom([1, 1] as const, [2, 1] as const, [1, 2] as const),
    fc.array(anyAct, { maxLength: MAXIMUM_ACTS, size: 'max' }),
  )
  .map(([[users, roles], acts]) => {
    const lives = born(users, roles);

    acts.forEach((act) => {
      unlessRefused(() => {
        act(lives);
      });
    });
    return lives;
  });

function unlessRefused(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof WrongStateError)) {
      throw error;
    }
  }
}
