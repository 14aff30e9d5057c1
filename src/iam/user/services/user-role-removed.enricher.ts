import type { Enricher } from '../../../event-store/events/enricher';
import type { UserRoleRemoved } from '../events/user-role-removed';

/** Adds the ids of the user and of the role that the user no longer holds. */
export class UserRoleRemovedEnricher implements Enricher<UserRoleRemoved> {
  enrich(event: UserRoleRemoved): void {
    event.enrichmentData.push(
      { aggregateName: 'User', data: { id: event.id } },
      { aggregateName: 'Role', data: { id: event.roleId } },
    );
  }
}
