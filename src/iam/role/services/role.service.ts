import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import { uniqueClaim } from '../../../event-store/event-log/unique-claim';
import type { Uuid } from '../../../event-store/events/event';
import { Role } from '../models/role';
import { RoleRepository } from './role.repository';

/** No two roles have the same name. */
const UNIQUE_NAME = 'iam/role#name';

/** The use cases of roles. Each loads a role, lets it decide, and appends what it recorded. */
@injectable()
export class RoleService {
  constructor(@inject(RoleRepository) private readonly roles: RoleRepository) {}

  /** The same id and name again is accepted and changes nothing. */
  async create(id: Uuid, name: string, context: CommandContext): Promise<CommandResult> {
    const role = Role.create(id, name);
    const claim = uniqueClaim(UNIQUE_NAME, name, id);

    return this.roles.create(role, context, [claim], (existing) => existing.hasName(name));
  }

  async disable(id: Uuid, context: CommandContext): Promise<CommandResult> {
    return this.roles.change(id, context, (role) => {
      role.disable();
    });
  }
}
