import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { RoleService } from '../services/role.service';
import { DisableRole } from './disable-role.command';

@HandlesMessage(DisableRole)
@injectable()
export class DisableRoleHandler implements Handler<DisableRole> {
  constructor(@inject(RoleService) private readonly roles: RoleService) {}

  handle(command: DisableRole, context: CommandContext): Promise<CommandResult> {
    return this.roles.disable(command.id, context);
  }
}
