import type { Command } from '@node-ts/bus-messages';

import type { Handler } from './handler';

type CommandType<TCommand extends Command = Command> = new (...args: never[]) => TCommand;

const MESSAGE = Symbol('handles-message');

/** Says which command a handler class handles. */
export function HandlesMessage<TCommand extends Command>(command: CommandType<TCommand>) {
  return (handler: new (...args: never[]) => Handler<TCommand>): void => {
    Reflect.defineMetadata(MESSAGE, command, handler);
  };
}

/** The command that a handler class handles; `undefined` for a class without the decorator. */
export function messageHandledBy(handler: object): CommandType | undefined {
  return Reflect.getMetadata(MESSAGE, handler) as CommandType | undefined;
}
