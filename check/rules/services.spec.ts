import { testEach } from '../project-fixture.ts';

const SERVICE = 'src/library/reader/services/reader.service.ts';
const BOOK_SERVICE = 'src/library/book/services/book.service.ts';

describe('Services', () => {
  testEach({
    'an enricher that nobody makes': {
      edits: [[SERVICE, 'new ReaderBorrowedEnricher(reader).enrich(reader.borrow(bookId))', 'reader.borrow(bookId)']],
      lines: [
        'ReaderBorrowedEnricher (src/library/reader/services/reader-borrowed.enricher.ts): nobody makes one, so that its event is not enriched. Call new ReaderBorrowedEnricher(…).enrich(event) in the service that records the event, or remove the class. [enricher-forgotten]',
      ],
    },
    'an enricher that is made and not called': {
      edits: [
        [
          SERVICE,
          'new ReaderBorrowedEnricher(reader).enrich(reader.borrow(bookId));',
          'new ReaderBorrowedEnricher(reader);\n      reader.borrow(bookId);',
        ],
      ],
      lines: [
        'ReaderBorrowedEnricher (src/library/reader/services/reader-borrowed.enricher.ts): src/library/reader/services/reader.service.ts makes one, and does not call its method enrich, so that its event is not enriched. Call new ReaderBorrowedEnricher(…).enrich(event) in the service that records the event, or remove the class. [enricher-forgotten]',
      ],
    },
    'an enricher in a constant that is not called': {
      edits: [
        [
          SERVICE,
          'new ReaderBorrowedEnricher(reader).enrich(reader.borrow(bookId));',
          'const enricher = new ReaderBorrowedEnricher(reader);\n      reader.borrow(bookId);',
        ],
      ],
      lines: [
        'ReaderBorrowedEnricher (src/library/reader/services/reader-borrowed.enricher.ts): src/library/reader/services/reader.service.ts makes one, and does not call its method enrich, so that its event is not enriched. Call new ReaderBorrowedEnricher(…).enrich(event) in the service that records the event, or remove the class. [enricher-forgotten]',
      ],
    },
    "another service's unique set, copied": {
      edits: [[SERVICE, "'library/reader#email'", "'library/book#title'"]],
      lines: [
        'ReaderService (src/library/reader/services/reader.service.ts): its unique set library/book#title is that of src/library/book/services/book.service.ts too: a value of the one is taken for the other. Give it a set of its own, as in library/reader#title. [claim-of-another-aggregate]',
      ],
    },
    'the set of an aggregate in the service that comes first': {
      edits: [[BOOK_SERVICE, "'library/book#title'", "'library/reader#email'"]],
      lines: [
        'BookService (src/library/book/services/book.service.ts): its unique set library/reader#email is that of src/library/reader/services/reader.service.ts too: a value of the one is taken for the other. Give it a set of its own, as in library/book#email. [claim-of-another-aggregate]',
      ],
    },
  });
});
