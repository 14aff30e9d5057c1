import { enrichmentOf, type Event, type Uuid } from '../../../event-store/events/event';
import type { RowChange } from '../../../event-store/projections/multi-stream-projection.repository';
import { UserRoleAdded } from '../../user/events/user-role-added';
import { UserRoleRemoved } from '../../user/events/user-role-removed';
import { UserUpdated } from '../../user/events/user-updated';

/** A user in a role. */
export interface Membership {
  readonly roleId: Uuid;
  readonly userId: Uuid;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
}

/** What a user's event changes in the roles' lists of users; the event's enrichment tells all that the rows hold. */
export function membershipChanges(event: Event): readonly RowChange[] {
  switch (event.$name) {
    case UserRoleAdded.$name:
      return [putMembership(event, (event as UserRoleAdded).roleId)];
    case UserRoleRemoved.$name:
      return [{ remove: { roleId: (event as UserRoleRemoved).roleId, userId: event.id } }];
    case UserUpdated.$name:
      return rolesOf(event).map((roleId) => putMembership(event, roleId));
    default:
      return [];
  }
}

function putMembership(event: Event, roleId: Uuid): RowChange {
  const { firstName, lastName, email } = (enrichmentOf(event, 'User') ?? {}) as Partial<Membership>;

  return { put: { roleId, userId: event.id, firstName, lastName, email } satisfies Membership };
}

function rolesOf(event: Event): readonly Uuid[] {
  return (enrichmentOf(event, 'User')?.roles ?? []) as readonly Uuid[];
}
