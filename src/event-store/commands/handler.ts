import type { Command } from '@node-ts/bus-messages';

import type { CommandContext, CommandResult } from './command-context';

/**
 * Handles one type of command, and answers where the command left its aggregate. The `Handler` of `@node-ts/bus-core` answers
 * nothing (docs/decisions/0001-own-handler-interface.md).
 */
export interface Handler<TCommand extends Command> {
  handle(command: TCommand, context: CommandContext): Promise<CommandResult>;
}
