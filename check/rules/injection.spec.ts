import { testEach } from '../project-fixture.ts';

const BORROW_HANDLER = 'src/library/reader/commands/borrow-book.handler.ts';
const PROJECTION_HANDLER = 'src/library/reader/services/reader-projection.handler.ts';
const SERVICE = 'src/library/reader/services/reader.service.ts';
const MODULE = 'src/library/library.module.ts';
const CONTEXTS = 'src/contexts.ts';
const REPOSITORY = 'src/library/reader/services/reader.repository.ts';

describe('What is injected', () => {
  testEach({
    'a command handler without @injectable': {
      edits: [[BORROW_HANDLER, '@injectable()\n', '']],
      lines: [
        'BorrowBookHandler (src/library/reader/commands/borrow-book.handler.ts): it has no @injectable(), so that the container cannot make it. Add @injectable() above the class. [not-injectable]',
      ],
    },
    'an event handler without @injectable': {
      edits: [[PROJECTION_HANDLER, '@injectable()\n', '']],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): it has no @injectable(), so that the container cannot make it. Add @injectable() above the class. [not-injectable]',
      ],
    },
    'a service without @injectable': {
      edits: [[SERVICE, '@injectable()\n', '']],
      lines: [
        'ReaderService (src/library/reader/services/reader.service.ts): it has no @injectable(), so that the container cannot make it. Add @injectable() above the class. [not-injectable]',
      ],
    },
    'a service that is not listed': {
      edits: [[MODULE, 'services: [BookService, ReaderService]', 'services: [BookService]']],
      lines: [
        'ReaderService (src/library/reader/services/reader.service.ts): no module lists it, so that it cannot be injected. Add ReaderService to services in src/library/library.module.ts. [service-not-listed]',
      ],
    },
    'a repository that no module lists': {
      edits: [[MODULE, 'repository: ReaderRepository', 'repository: BookRepository']],
      lines: [
        'ReaderRepository (src/library/reader/services/reader.repository.ts): it is injected, and no module binds it. Add it as repository of its aggregate or its projection in src/library/library.module.ts. [repository-in-no-module]',
      ],
    },
    'a projection repository that no module lists': {
      edits: [[MODULE, 'repository: ReaderProjections', 'repository: BookProjections']],
      lines: [
        'ReaderProjections (src/library/reader/services/reader-projections.ts): it is injected, and no module binds it. Add it as repository of its aggregate or its projection in src/library/library.module.ts. [repository-in-no-module]',
      ],
    },
    "another repository than the parameter's type says": {
      edits: [
        [SERVICE, '@inject(ReaderRepository)', '@inject(BookRepository)'],
        [
          SERVICE,
          'import { ReaderRepository }',
          "import { BookRepository } from '../../book/services/book.repository';\nimport { ReaderRepository }",
        ],
      ],
      lines: [
        'ReaderService (src/library/reader/services/reader.service.ts): its constructor asks for ReaderRepository by @inject(BookRepository). Write @inject(ReaderRepository). [inject-of-another-type]',
      ],
    },
    'a module that is not in the list of contexts': {
      edits: [[CONTEXTS, '[library]', '[]']],
      lines: [
        'library (src/library/library.module.ts): src/contexts.ts does not list it, so that its events reach no projection and no snapshot. Add library to CONTEXTS in src/contexts.ts. [module-not-in-contexts]',
      ],
    },
    "another symbol's text, copied": {
      edits: [[REPOSITORY, "Symbol.for('ReaderRepository')", "Symbol.for('BookRepository')"]],
      lines: [
        "ReaderRepository (src/library/reader/services/reader.repository.ts): its Symbol.for('BookRepository') is that of BookRepository (src/library/book/services/book.repository.ts) too. Write ReaderRepository = Symbol.for('ReaderRepository') in src/library/reader/services/reader.repository.ts, and leave src/library/book/services/book.repository.ts as it is. [symbol-twice]",
      ],
    },
    'two constants of one name': {
      edits: [
        [
          'src/library/loan/services/book.repository.ts',
          "export const BookRepository = Symbol.for('BookRepository');\n",
        ],
      ],
      lines: [
        "BookRepository (src/library/book/services/book.repository.ts): its Symbol.for('BookRepository') is that of BookRepository (src/library/loan/services/book.repository.ts) too. Give one of the two constants another name, and its symbol the same. [symbol-twice]",
      ],
    },
  });
});
