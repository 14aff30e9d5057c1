import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { RoleService } from '../services/role.service';
import { CreateRole } from './create-role.command';

@HandlesMessage(CreateRole)
@injectable()
export class CreateRoleHandler implements Handler<CreateRole> {
  constructor(@inject(RoleService) private readonly roles: RoleService) {}

  handle(command: CreateRole, context: CommandContext): Promise<CommandResult> {
    return this.roles.create(command.id, command.name, context);
  }
}
