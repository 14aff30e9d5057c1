import { testEach } from '../project-fixture.ts';

const MODULE = 'src/library/library.module.ts';
const BORROW_HANDLER = 'src/library/reader/commands/borrow-book.handler.ts';
const BORROW = 'src/library/reader/commands/borrow-book.command.ts';

describe('Commands and their handlers', () => {
  testEach({
    'a command handler that is not registered': {
      edits: [[MODULE, 'JoinLibraryHandler, BorrowBookHandler]', 'JoinLibraryHandler]']],
      lines: [
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): no module lists it, so that its command is refused. Add BorrowBookHandler to commandHandlers in src/library/library.module.ts. [command-handler-not-registered]',
      ],
    },
    'a command handler without @HandlesMessage': {
      edits: [[BORROW_HANDLER, '@HandlesMessage(BorrowBook)\n', '']],
      lines: [
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): it has no @HandlesMessage, so that nobody knows what it handles. Add @HandlesMessage(…) with a command above the class. [handler-without-decorator]',
      ],
    },
    'a command handler without @HandlesMessage that implements nothing': {
      edits: [
        [BORROW_HANDLER, '@HandlesMessage(BorrowBook)\n', ''],
        [BORROW_HANDLER, ' implements Handler<BorrowBook>', ''],
      ],
      lines: [
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): it has no @HandlesMessage, so that nobody knows what it handles. Add @HandlesMessage(…) with a command above the class. [handler-without-decorator]',
      ],
    },
    'a new command handler with neither, which no module lists': {
      edits: [
        [BORROW_HANDLER, '@HandlesMessage(BorrowBook)\n', ''],
        [BORROW_HANDLER, ' implements Handler<BorrowBook>', ''],
        [MODULE, 'JoinLibraryHandler, BorrowBookHandler]', 'JoinLibraryHandler]'],
      ],
      lines: [
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): no module lists it, so that its command is refused. Add BorrowBookHandler to commandHandlers in src/library/library.module.ts. [command-handler-not-registered]',
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): it has no @HandlesMessage, so that nobody knows what it handles. Add @HandlesMessage(…) with a command above the class. [handler-without-decorator]',
      ],
    },
    "another command's $name, copied": {
      edits: [[BORROW, "'org/library/reader/borrow'", "'org/library/reader/join'"]],
      lines: [
        'JoinLibrary (src/library/reader/commands/join-library.command.ts): its $name org/library/reader/join is that of BorrowBook (src/library/reader/commands/borrow-book.command.ts) too. Give one of the two a $name of its own: logs and causation ids tell commands by it. [command-name-twice]',
      ],
    },
    "another handler's command, copied": {
      edits: [
        [BORROW_HANDLER, '@HandlesMessage(BorrowBook)', '@HandlesMessage(JoinLibrary)'],
        [
          BORROW_HANDLER,
          "import { BorrowBook } from './borrow-book.command'",
          "import { JoinLibrary } from './join-library.command'",
        ],
      ],
      lines: [
        'JoinLibraryHandler (src/library/reader/commands/join-library.handler.ts): its command JoinLibrary is that of BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts) too. Write in each @HandlesMessage the command that it handles: no command has two handlers. [command-handled-twice]',
      ],
    },
    'a command that nobody handles': {
      edits: [
        [
          'src/library/reader/commands/leave-library.command.ts',
          "import { Command } from '@node-ts/bus-messages';\n\nexport class LeaveLibrary extends Command {\n  readonly $name = 'org/library/reader/leave';\n}\n",
        ],
      ],
      lines: [
        'LeaveLibrary (src/library/reader/commands/leave-library.command.ts): no handler handles it. Write a handler with @HandlesMessage(LeaveLibrary), or mend the decorator of the one that is meant. [command-without-handler]',
      ],
    },
  });
});
