import { inject, injectable } from 'inversify';

import type { CommandContext, CommandResult } from '../../../event-store/commands/command-context';
import type { Handler } from '../../../event-store/commands/handler';
import { HandlesMessage } from '../../../event-store/commands/handles-message.decorator';
import { UserService } from '../services/user.service';
import { UpdateUser } from './update-user.command';

@HandlesMessage(UpdateUser)
@injectable()
export class UpdateUserHandler implements Handler<UpdateUser> {
  constructor(@inject(UserService) private readonly users: UserService) {}

  handle({ id, firstName, lastName }: UpdateUser, context: CommandContext): Promise<CommandResult> {
    return this.users.update(id, { firstName, lastName }, context);
  }
}
