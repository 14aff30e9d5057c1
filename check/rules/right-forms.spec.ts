import { linesAfter, type Edit } from '../project-fixture.ts';

const BOOK = 'src/library/book/models/book.ts';
const READER = 'src/library/reader/models/reader.ts';
const SERVICE = 'src/library/reader/services/reader.service.ts';
const LOAN = 'src/library/loan/projections/loan.projection.ts';
const STATE = 'return { title: this.title, retired: this.retired };';
const RESTORE = '{ title, retired }: BookState): void {\n    this.title = title;\n    this.retired = retired;\n';
const ENRICH = 'new ReaderBorrowedEnricher(reader).enrich(reader.borrow(bookId));';
const PUT = '[{ put: { bookId: (event as ReaderBorrowed).bookId, readerId: event.id } satisfies Loan }]';

describe('What is right in another form is no mistake', () => {
  it.each<[string, Edit]>([
    [
      'a state that is made before it is returned',
      [BOOK, STATE, 'const state = { title: this.title, retired: this.retired };\n\n    return state;'],
    ],
    [
      'a state of renamed constants',
      [BOOK, STATE, 'const { title, retired: gone } = this;\n\n    return { title, retired: gone };'],
    ],
    [
      'a state of what is made of a property',
      [
        READER,
        'const { email, books, left } = this;\n\n    return { email, books: [...books], left };',
        'const { email, left } = this;\n    const ids = [...this.books];\n\n    return { email, ids, left };',
      ],
    ],
    ['a state that a function makes', [BOOK, STATE, 'return bookState(this);']],
    [
      'a state that is restored at once',
      [BOOK, RESTORE, 'state: BookState): void {\n    Object.assign(this, state);\n'],
    ],
    [
      'a state that is restored from an object',
      [BOOK, RESTORE, '{ title, retired }: BookState): void {\n    Object.assign(this, { title, retired });\n'],
    ],
    [
      'a state that is taken apart in the method',
      [
        READER,
        '{ books, ...state }: ReaderState): void {\n',
        'all: ReaderState): void {\n    const { books, ...state } = all;\n',
      ],
    ],
    [
      'an enricher in a constant',
      [
        SERVICE,
        ENRICH,
        'const enricher = new ReaderBorrowedEnricher(reader);\n\n      enricher.enrich(reader.borrow(bookId));',
      ],
    ],
    [
      'an enricher that is handed on',
      [SERVICE, ENRICH, 'enrich(new ReaderBorrowedEnricher(reader), reader.borrow(bookId));'],
    ],
    ['a row whose keys are made elsewhere', [LOAN, PUT, '[rowOf(event)]']],
    [
      'a row of an id that is taken out of the event',
      [
        LOAN,
        `return ${PUT}`,
        'const { id: readerId, bookId } = event as ReaderBorrowed;\n\n  return [{ put: { bookId, readerId } }]',
      ],
    ],
  ])('given %s', (_, edit) => {
    expect(linesAfter(edit)).toEqual([]);
  });
});
