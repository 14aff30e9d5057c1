import { Command } from '@node-ts/bus-messages';

import { CONTEXT } from '../../../test/support/events';
import type { CommandContext, CommandResult } from './command-context';
import { CommandDispatcher, type HandlerType } from './command-dispatcher';
import type { Handler } from './handler';
import { HandlesMessage, messageHandledBy } from './handles-message.decorator';

class OpenAccount extends Command {
  readonly $name = 'org/bank/account/open';
  readonly $version = 1;

  constructor(readonly id: string) {
    super();
  }
}

class CloseAccount extends Command {
  readonly $name = 'org/bank/account/close';
  readonly $version = 1;
}

@HandlesMessage(OpenAccount)
class OpenAccountHandler implements Handler<OpenAccount> {
  readonly handled: unknown[] = [];

  handle({ id }: OpenAccount, context: CommandContext): Promise<CommandResult> {
    this.handled.push([id, context]);
    return Promise.resolve({ id, version: 1 });
  }
}

@HandlesMessage(CloseAccount)
class CloseAccountHandler implements Handler<CloseAccount> {
  handle(): Promise<CommandResult> {
    return Promise.reject(new Error('not empty'));
  }
}

@HandlesMessage(CloseAccount)
class SecondCloseAccountHandler extends CloseAccountHandler {}

class UndecoratedHandler extends Object {
  handle(): Promise<CommandResult> {
    return Promise.reject(new Error('never called'));
  }
}

describe('CommandDispatcher', () => {
  it('given a command, then hands it to the handler made for it and answers where that left the aggregate', async () => {
    const handler = new OpenAccountHandler();
    const resolved: HandlerType[] = [];
    const dispatcher = new CommandDispatcher([CloseAccountHandler, OpenAccountHandler], (type) => {
      resolved.push(type);
      return handler;
    });

    expect(await dispatcher.dispatch(new OpenAccount('5a1d'), CONTEXT)).toEqual({ id: '5a1d', version: 1 });
    expect(resolved).toEqual([OpenAccountHandler]);
    expect(handler.handled).toEqual([['5a1d', CONTEXT]]);
  });

  it('given a handler that fails, then passes its error on', async () => {
    const dispatcher = new CommandDispatcher([CloseAccountHandler], () => new CloseAccountHandler());

    await expect(dispatcher.dispatch(new CloseAccount(), CONTEXT)).rejects.toThrow('not empty');
  });

  it('given a command that nobody handles, then says what to do', async () => {
    const dispatcher = new CommandDispatcher([CloseAccountHandler], () => new CloseAccountHandler());

    await expect(dispatcher.dispatch(new OpenAccount('5a1d'), CONTEXT)).rejects.toThrow(
      new TypeError(
        "org/bank/account/open has no handler: add its handler to commandHandlers of the context's module.",
      ),
    );
  });

  it('given a class that names no command, or the command of another, then says which', () => {
    const never = () => new CloseAccountHandler();

    expect(() => new CommandDispatcher([OpenAccountHandler, UndecoratedHandler], never)).toThrow(
      new TypeError('UndecoratedHandler handles no command: decorate it with @HandlesMessage.'),
    );
    expect(() => new CommandDispatcher([CloseAccountHandler, SecondCloseAccountHandler], never)).toThrow(
      new TypeError(
        'CloseAccountHandler and SecondCloseAccountHandler both handle CloseAccount: a command has one handler.',
      ),
    );
  });

  it('given a class, then tells the command that its decorator names, if it has one', () => {
    expect(messageHandledBy(OpenAccountHandler)).toBe(OpenAccount);
    expect(messageHandledBy(UndecoratedHandler)).toBeUndefined();
  });
});
