import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { UserService } from '../services/user.service';
import { RegisterUser } from './register-user.command';

@HandlesMessage(RegisterUser)
@injectable()
export class RegisterUserHandler implements Handler<RegisterUser> {
  constructor(@inject(UserService) private readonly users: UserService) {}

  handle(command: RegisterUser, context: CommandContext): Promise<CommandResult> {
    return this.users.register(command.id, command.email, context);
  }
}
