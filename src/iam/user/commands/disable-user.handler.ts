import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { UserService } from '../services/user.service';
import { DisableUser } from './disable-user.command';

@HandlesMessage(DisableUser)
@injectable()
export class DisableUserHandler implements Handler<DisableUser> {
  constructor(@inject(UserService) private readonly users: UserService) {}

  handle(command: DisableUser, context: CommandContext): Promise<CommandResult> {
    return this.users.disable(command.id, context);
  }
}
