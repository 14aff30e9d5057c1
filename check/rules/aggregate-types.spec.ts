import { testEach } from '../project-fixture.ts';

const READER = 'src/library/reader/models/reader.ts';
const MODULE = 'src/library/library.module.ts';
const LEFT = 'src/library/reader/events/reader-left.ts';
const PROJECTION = 'src/library/reader/projections/reader.projection.ts';
const PROJECTION_HANDLER = 'src/library/reader/services/reader-projection.handler.ts';
const LOAN_HANDLER = 'src/library/loan/services/loan.handler.ts';
const JOINED = 'src/library/reader/events/reader-joined.ts';

describe('Types of aggregates', () => {
  testEach({
    'an aggregateType that is misspelt': {
      edits: [[READER, "'org/library/reader'", "'org/library/raeder'"]],
      lines: [
        "Reader (src/library/reader/models/reader.ts): its aggregateType org/library/raeder is not org/library/reader, which the names of all its events begin with. Write static readonly aggregateType = 'org/library/reader'. [aggregate-type]",
      ],
    },
    'an aggregateType of another context': {
      edits: [[READER, "'org/library/reader'", "'org/iam/reader'"]],
      lines: [
        "Reader (src/library/reader/models/reader.ts): its aggregateType org/iam/reader is not org/library/reader, which the names of all its events begin with. Write static readonly aggregateType = 'org/library/reader'. [aggregate-type]",
      ],
    },
    "another aggregate's aggregateType, copied": {
      edits: [[READER, "'org/library/reader'", "'org/library/book'"]],
      lines: [
        "Reader (src/library/reader/models/reader.ts): its aggregateType org/library/book is not org/library/reader, which the names of all its events begin with. Write static readonly aggregateType = 'org/library/reader'. [aggregate-type]",
      ],
    },
    'no aggregateType': {
      edits: [[READER, "  static readonly aggregateType = 'org/library/reader';\n", '']],
      lines: [
        "Reader (src/library/reader/models/reader.ts): its aggregateType (none) is not org/library/reader, which the names of all its events begin with. Write static readonly aggregateType = 'org/library/reader'. [aggregate-type]",
      ],
    },
    'an aggregateType that is misspelt, of an aggregate with one event': {
      edits: [
        [READER, "'org/library/reader'", "'org/library/raeder'"],
        [MODULE, '[ReaderJoined, ReaderBorrowed, ReaderLeft]', '[ReaderJoined]'],
        ['src/library/reader/events/reader-borrowed.ts', undefined],
        [LEFT, undefined],
        [
          READER,
          '  protected whenBorrowed({ bookId }: ReaderBorrowed): void {\n    this.books.add(bookId);\n  }\n',
          '',
        ],
        [READER, '  protected whenLeft(): void {\n    this.left = true;\n  }\n', ''],
        [PROJECTION, '  protected applyReaderLeft(): void {\n    this.left = true;\n  }\n', ''],
        [
          PROJECTION_HANDLER,
          '@HandlesEvent(ReaderJoined, ReaderLeft)\n@IgnoresEvent(ReaderBorrowed)',
          '@HandlesEvent(ReaderJoined)',
        ],
        [
          LOAN_HANDLER,
          '@HandlesEvent(ReaderBorrowed)\n@IgnoresEvent(ReaderJoined, ReaderLeft)',
          '@HandlesEvent(ReaderJoined)',
        ],
      ],
      lines: [
        "Reader (src/library/reader/models/reader.ts): its aggregateType org/library/raeder is not org/library/reader, which the names of all its events begin with. Write static readonly aggregateType = 'org/library/reader'. [aggregate-type]",
      ],
    },
    'an aggregate and its events, copied with their names': {
      edits: [
        [READER, "'org/library/reader'", "'org/library/book'"],
        [JOINED, "'org/library/reader/joined'", "'org/library/book/joined'"],
        [
          'src/library/reader/events/reader-borrowed.ts',
          "'org/library/reader/borrowed'",
          "'org/library/book/borrowed'",
        ],
        [LEFT, "'org/library/reader/left'", "'org/library/book/left'"],
      ],
      lines: [
        'Reader (src/library/reader/models/reader.ts): its aggregateType org/library/book is that of Book (src/library/book/models/book.ts) too. Give it one of its own, as in org/library/reader, and begin the names of its events with that. [aggregate-type-twice]',
      ],
    },
    "another aggregate's class in the module": {
      edits: [[MODULE, 'type: Reader, repository', 'type: Book, repository']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): no module lists it, so that it can be neither loaded nor appended to. Write type: Reader with its repository and its events in aggregates of src/library/library.module.ts. [aggregate-in-no-module]',
      ],
    },
    'an aggregate that no module lists': {
      edits: [
        [
          MODULE,
          '    { type: Reader, repository: ReaderRepository, events: [ReaderJoined, ReaderBorrowed, ReaderLeft] },\n',
          '',
        ],
      ],
      lines: [
        'Reader (src/library/reader/models/reader.ts): no module lists it, so that it can be neither loaded nor appended to. Write type: Reader with its repository and its events in aggregates of src/library/library.module.ts. [aggregate-in-no-module]',
      ],
    },
    'an aggregate in the module twice': {
      edits: [
        [
          MODULE,
          '    { type: Reader, repository',
          '    { type: Reader, repository: ReaderRepository, events: [] },\n    { type: Reader, repository',
        ],
      ],
      lines: [
        'Reader (src/library/library.module.ts): it stands there twice. Keep one entry with type: Reader. [aggregate-listed-twice]',
      ],
    },
  });
});
