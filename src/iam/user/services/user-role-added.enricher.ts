import type { Enricher } from '../../../event-store/events/enricher';
import type { Role } from '../../role/models/role';
import type { UserRoleAdded } from '../events/user-role-added';
import type { User } from '../models/user';

/** Adds who the user is, for the role's list of users, and what the role is called, for the user's row. */
export class UserRoleAddedEnricher implements Enricher<UserRoleAdded> {
  constructor(
    private readonly user: User,
    private readonly role: Role,
  ) {}

  enrich(event: UserRoleAdded): void {
    const { id, firstName, lastName, email } = this.user;

    event.enrichmentData.push(
      { aggregateName: 'User', data: { id, firstName, lastName, email } },
      { aggregateName: 'Role', data: { id: this.role.id, name: this.role.name } },
    );
  }
}
