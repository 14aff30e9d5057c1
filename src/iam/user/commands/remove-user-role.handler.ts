import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { UserService } from '../services/user.service';
import { RemoveUserRole } from './remove-user-role.command';

@HandlesMessage(RemoveUserRole)
@injectable()
export class RemoveUserRoleHandler implements Handler<RemoveUserRole> {
  constructor(@inject(UserService) private readonly users: UserService) {}

  handle(command: RemoveUserRole, context: CommandContext): Promise<CommandResult> {
    return this.users.removeRole(command.id, command.roleId, context);
  }
}
