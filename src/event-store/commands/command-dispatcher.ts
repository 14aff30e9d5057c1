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
   * @throws TypeError for a class without the decorator, and for two that name the same command
   */
  constructor(
    types: readonly HandlerType[],
    private readonly resolve: (type: HandlerType) => Handler<Command>,
  ) {
    this.handlers = handlersByCommand(types);
  }

  /** @throws TypeError for a command without a handler, and whatever the handler throws */
  async dispatch(command: Command, context: CommandContext): Promise<CommandResult> {
    const type = this.handlers.get(command.constructor);

    if (!type) {
      throw new TypeError(
        `${command.$name} has no handler: add its handler to commandHandlers of the context's module.`,
      );
    }
    return this.resolve(type).handle(command, context);
  }
}

function handlersByCommand(types: readonly HandlerType[]): ReadonlyMap<unknown, HandlerType> {
  const handlers = new Map<unknown, HandlerType>();

  for (const type of types) {
    const command = messageHandledBy(type);
    const other = handlers.get(command);

    if (!command) {
      throw new TypeError(`${type.name} handles no command: decorate it with @HandlesMessage.`);
    }
    if (other) {
      throw new TypeError(`${other.name} and ${type.name} both handle ${command.name}: a command has one handler.`);
    }
    handlers.set(command, type);
  }
  return handlers;
}
