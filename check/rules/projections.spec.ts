import { testEach } from '../project-fixture.ts';

const PROJECTION = 'src/library/reader/projections/reader.projection.ts';
const PROJECTION_HANDLER = 'src/library/reader/services/reader-projection.handler.ts';
const LOAN_HANDLER = 'src/library/loan/services/loan.handler.ts';
const MODULE = 'src/library/library.module.ts';
const TITLE_HANDLER = 'src/library/loan/services/title.handler.ts';

describe('Projections', () => {
  testEach({
    'a handled event without its apply… method': {
      edits: [[PROJECTION, '  protected applyReaderLeft(): void {\n    this.left = true;\n  }\n', '']],
      lines: [
        'ReaderProjection (src/library/reader/projections/reader.projection.ts): it has no method applyReaderLeft for ReaderLeft (org/library/reader/left). Add applyReaderLeft(event: ReaderLeft). [apply-method]',
      ],
    },
    'an apply… method that is misspelt': {
      edits: [[PROJECTION, 'applyReaderLeft', 'applyReaderLeff']],
      lines: [
        'ReaderProjection (src/library/reader/projections/reader.projection.ts): it has no method applyReaderLeft for ReaderLeft (org/library/reader/left). Rename applyReaderLeff to applyReaderLeft. [apply-method]',
      ],
    },
    'an apply… method of no event': {
      edits: [
        [
          PROJECTION,
          '  protected applyReaderLeft',
          '  protected applyReaderPromoted(): void {}\n\n  protected applyReaderLeft',
        ],
      ],
      lines: [
        'ReaderProjection (src/library/reader/projections/reader.projection.ts): its method applyReaderPromoted is called by no event. Name it apply… after an event, or remove it. [apply-method]',
      ],
    },
    'an event that is missing in @HandlesEvent': {
      edits: [[PROJECTION_HANDLER, '@HandlesEvent(ReaderJoined, ReaderLeft)', '@HandlesEvent(ReaderJoined)']],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): ReaderLeft is missing in its @HandlesEvent. Add ReaderLeft to @HandlesEvent, or, if the projection does not need it, to @IgnoresEvent. [event-neither-handled-nor-ignored]',
      ],
    },
    'an event that is missing in the @HandlesEvent of a multi-stream projection': {
      edits: [[LOAN_HANDLER, '@IgnoresEvent(ReaderJoined, ReaderLeft)', '@IgnoresEvent(ReaderJoined)']],
      lines: [
        'LoanHandler (src/library/loan/services/loan.handler.ts): ReaderLeft is missing in its @HandlesEvent. Add ReaderLeft to @HandlesEvent, or, if the projection does not need it, to @IgnoresEvent. [event-neither-handled-nor-ignored]',
      ],
    },
    'an event that is handled and ignored': {
      edits: [
        [
          LOAN_HANDLER,
          '@IgnoresEvent(ReaderJoined, ReaderLeft)',
          '@IgnoresEvent(ReaderJoined, ReaderLeft, ReaderBorrowed)',
        ],
      ],
      lines: [
        'LoanHandler (src/library/loan/services/loan.handler.ts): ReaderBorrowed stands in its @HandlesEvent and in its @IgnoresEvent. Remove ReaderBorrowed from one of the two. [event-handled-and-ignored]',
      ],
    },
    'an event of another aggregate': {
      edits: [
        [
          PROJECTION_HANDLER,
          '@HandlesEvent(ReaderJoined, ReaderLeft)',
          '@HandlesEvent(BookRetired, ReaderJoined, ReaderLeft)',
        ],
        [
          PROJECTION_HANDLER,
          'import { ReaderBorrowed }',
          "import { BookRetired } from '../../book/events/book-retired';\nimport { ReaderBorrowed }",
        ],
      ],
      lines: [
        "ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): it handles BookRetired (org/library/book/retired), and the rows of ReaderProjection are made of another aggregate's events. Remove BookRetired from @HandlesEvent, or make the rows in a MultiStreamProjectionHandler. [event-of-another-aggregate]",
      ],
    },
    'an event handler without @HandlesEvent': {
      edits: [[PROJECTION_HANDLER, '@HandlesEvent(ReaderJoined, ReaderLeft)\n', '']],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): it has no @HandlesEvent, so that nobody knows what it handles. Add @HandlesEvent(…) with events above the class. [handler-without-decorator]',
      ],
    },
    'an event handler that no module lists': {
      edits: [[MODULE, 'handler: ReaderProjectionHandler', 'handler: BookProjectionHandler']],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): no module lists it, so that its projection stays as it is. Add it as handler of its projection to projections or multiStreamProjections in src/library/library.module.ts. [event-handler-not-registered]',
      ],
    },
    'a projection that no module lists': {
      edits: [
        [
          MODULE,
          "    { type: ReaderProjection, repository: ReaderProjections, table: 'readersTable', handler: ReaderProjectionHandler },\n",
          '',
        ],
      ],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): no module lists it, so that its projection stays as it is. Add it as handler of its projection to projections or multiStreamProjections in src/library/library.module.ts. [event-handler-not-registered]',
      ],
    },
    "another projection's repository, injected": {
      edits: [
        [
          PROJECTION_HANDLER,
          '@inject(ReaderProjections) readers: ReaderProjections',
          '@inject(BookProjections) readers: BookProjections',
        ],
        [
          PROJECTION_HANDLER,
          "import { ReaderProjections } from './reader-projections'",
          "import { BookProjections } from '../../book/services/book-projections'",
        ],
      ],
      lines: [
        'ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts): it injects BookProjections, and its projection in src/library/library.module.ts has the repository ReaderProjections. Write @inject(ReaderProjections) in its constructor. [projection-repository]',
      ],
    },
    "another projection's class in the module": {
      edits: [[MODULE, 'type: ReaderProjection', 'type: BookProjection']],
      lines: [
        'ReaderProjections (src/library/library.module.ts): its type is BookProjection, and ReaderProjectionHandler (src/library/reader/services/reader-projection.handler.ts) makes rows of ReaderProjection. Write type: ReaderProjection. [projection-type]',
      ],
    },
    "another handler's checkpoint, copied": {
      edits: [[TITLE_HANDLER, "'titles'", "'loans'"]],
      lines: [
        "TitleHandler (src/library/loan/services/title.handler.ts): its checkpoint's name 'loans' is that of LoanHandler (src/library/loan/services/loan.handler.ts) too. Give the newer of the two a name of its own: with one checkpoint each skips what the other has done. [checkpoint-name-twice]",
      ],
    },
  });
});
