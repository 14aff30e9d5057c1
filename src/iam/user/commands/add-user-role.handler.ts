import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { UserService } from '../services/user.service';
import { AddUserRole } from './add-user-role.command';

@HandlesMessage(AddUserRole)
@injectable()
export class AddUserRoleHandler implements Handler<AddUserRole> {
  constructor(@inject(UserService) private readonly users: UserService) {}

  handle(command: AddUserRole, context: CommandContext): Promise<CommandResult> {
    return this.users.addRole(command.id, command.roleId, context);
  }
}
