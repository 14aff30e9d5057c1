import type { Command } from '@node-ts/bus-messages';

import type { CommandContext, CommandResult } from './command-context';
import type { Handler } from './handler';
import { messageHandledBy } from './handles-message.decorator';

export type HandlerType = new (...args: never[]) => Handler<Command>;

/** Finds the one handler of a command. */
export class CommandDispatcher {
  private readonly handlers: ReadonlyMap<unknown, HandlerType>;

  /**
   * @param types classes decorated with `@HandlesMessage`
   * @param resolve makes, or finds, the instance of such a class
   */
  constructor(
    types: readonly HandlerType[],
    private readonly resolve: (type: HandlerType) => Handler<Command>,
  ) {
    this.handlers = new Map(types.map((type) => [messageHandledBy(type), type]));
    if (this.handlers.size !== types.length || this.handlers.has(undefined)) {
      throw new TypeError('Expected each handler to have @HandlesMessage, with a command that no other handler has.');
    }
  }

  /** @throws TypeError for a command without a handler, and whatever the handler throws */
  async dispatch(command: Command, context: CommandContext): Promise<CommandResult> {
    const type = this.handlers.get(command.constructor);

    if (!type) {
      throw new TypeError(
        `${command.$name} has no handler: bind one with @HandlesMessage in the application container.`,
      );
    }
    return this.resolve(type).handle(command, context);
  }
}
