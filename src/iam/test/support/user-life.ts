import { recorded } from '../../../../test/support/events';
import type { Event, Uuid } from '../../../event-store/events/event';
import { Role } from '../../role/models/role';
import { User } from '../../user/models/user';
import { UserRoleAddedEnricher } from '../../user/services/user-role-added.enricher';
import { UserUpdatedEnricher } from '../../user/services/user-updated.enricher';

/** A user who is registered, named, given a role, named anew, loses the role and is disabled: versions 1 to 6. */
export function lifeOf(id: Uuid, roleId: Uuid): Event[] {
  const user = User.register(id, `${id}@domain.com`);
  const role = Role.create(roleId, 'Admin');

  new UserUpdatedEnricher(user).enrich(user.update('Ada', 'Byron'));
  new UserRoleAddedEnricher(user, role).enrich(user.addRole(roleId));
  new UserUpdatedEnricher(user).enrich(user.update('Ada', 'Lovelace'));
  user.removeRole(roleId);
  user.disable();
  return user.recorded.map((event) => recorded(event, event.$version));
}
