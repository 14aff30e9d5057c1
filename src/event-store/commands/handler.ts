import type { Command } from '@node-ts/bus-messages';

import type { CommandContext, CommandResult } from './command-context';

/**
 * Handles one type of command. Like the `Handler` of `@node-ts/bus-core`, but it answers where the aggregate then stands,
 * which that one cannot (docs/decisions/0001-own-handler-interface.md).
 */
export interface Handler<TCommand extends Command> {
  handle(command: TCommand, context: CommandContext): Promise<CommandResult>;
}
