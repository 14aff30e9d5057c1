import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import { uniqueClaim } from '../../../event-store/event-log/unique-claim';
import type { Uuid } from '../../../event-store/events/event';
import { RoleRepository } from '../../role/services/role.repository';
import { User } from '../models/user';
import type { UserName } from '../models/user-name.validator';
import { UserRoleAddedEnricher } from './user-role-added.enricher';
import { UserRoleRemovedEnricher } from './user-role-removed.enricher';
import { UserUpdatedEnricher } from './user-updated.enricher';
import { UserRepository } from './user.repository';

/** No two users have the same e-mail. */
const UNIQUE_EMAIL = 'iam/user#email';

/** The use cases of users. Each loads a user, lets it decide, and appends what it recorded. */
@injectable()
export class UserService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(RoleRepository) private readonly roles: RoleRepository,
  ) {}

  /** The same id and e-mail again is accepted and changes nothing. */
  async register(id: Uuid, email: string, context: CommandContext): Promise<CommandResult> {
    const user = User.register(id, email);
    const claim = uniqueClaim(UNIQUE_EMAIL, User.comparableEmail(email), id);

    return this.users.create(user, context, [claim], (existing) => existing.hasEmail(email));
  }

  async update(id: Uuid, { firstName, lastName }: UserName, context: CommandContext): Promise<CommandResult> {
    return this.users.change(id, context, (user) => {
      new UserUpdatedEnricher(user).enrich(user.update(firstName, lastName));
    });
  }

  async disable(id: Uuid, context: CommandContext): Promise<CommandResult> {
    return this.users.change(id, context, (user) => {
      user.disable();
    });
  }

  async addRole(id: Uuid, roleId: Uuid, context: CommandContext): Promise<CommandResult> {
    return this.users.change(id, context, async (user, consult) => {
      const role = await consult(this.roles, roleId);

      role.ensureAssignable();
      new UserRoleAddedEnricher(user, role).enrich(user.addRole(roleId));
    });
  }

  async removeRole(id: Uuid, roleId: Uuid, context: CommandContext): Promise<CommandResult> {
    return this.users.change(id, context, async (user) => {
      if (!user.holds(roleId)) {
        // A role that nobody could hold is unknown, rather than not held.
        await this.roles.load(roleId);
      }
      new UserRoleRemovedEnricher().enrich(user.removeRole(roleId));
    });
  }
}
