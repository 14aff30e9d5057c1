import { testEach } from '../project-fixture.ts';

const READER = 'src/library/reader/models/reader.ts';
const BOOK = 'src/library/book/models/book.ts';

describe('Aggregates', () => {
  testEach({
    'an event without its when… method': {
      edits: [[READER, '  protected whenLeft(): void {\n    this.left = true;\n  }\n', '']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): it has no method whenLeft for ReaderLeft (org/library/reader/left). Add whenLeft(event: ReaderLeft). [when-method]',
      ],
    },
    'a when… method that is misspelt': {
      edits: [[READER, 'whenLeft', 'whenLeff']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): it has no method whenLeft for ReaderLeft (org/library/reader/left). Rename whenLeff to whenLeft. [when-method]',
      ],
    },
    'a when… method of no event': {
      edits: [[READER, '  protected whenLeft', '  protected whenPromoted(): void {}\n  protected whenLeft']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): its method whenPromoted is called by no event. Name it when… after an event, or remove it. [when-method]',
      ],
    },
    'a property that get state() leaves out': {
      edits: [[READER, '  email!: string;', '  email!: string;\n  phone?: string;']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): its property phone is not in what get state() returns, so that a snapshot loses it. Add phone to get state() and to restoreState(), and raise stateVersion. [property-not-in-state]',
      ],
    },
    'a property that get state() reads and does not return': {
      edits: [[READER, 'books: [...books], left }', 'books: [...books] }']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): its property left is not in what get state() returns, so that a snapshot loses it. Add left to get state() and to restoreState(), and raise stateVersion. [property-not-in-state]',
      ],
    },
    'a property that an object without constants leaves out': {
      edits: [[BOOK, '{ title: this.title, retired: this.retired }', '{ title: this.title }']],
      lines: [
        'Book (src/library/book/models/book.ts): its property retired is not in what get state() returns, so that a snapshot loses it. Add retired to get state() and to restoreState(), and raise stateVersion. [property-not-in-state]',
      ],
    },
    'a property that restoreState() leaves out': {
      edits: [[READER, '    books.forEach((bookId) => this.books.add(bookId));\n', '']],
      lines: [
        'Reader (src/library/reader/models/reader.ts): restoreState() does not set books, which is lost when a snapshot is read. Set this.books in restoreState(). [property-not-restored]',
      ],
    },
    'a property that restoreState() does not set': {
      edits: [[BOOK, '    this.title = title;\n    this.retired = retired;', '    this.title = title;']],
      lines: [
        'Book (src/library/book/models/book.ts): restoreState() does not set retired, which is lost when a snapshot is read. Set this.retired in restoreState(). [property-not-restored]',
      ],
    },
    'a restoreState() that does nothing': {
      edits: [[BOOK, '    this.title = title;\n    this.retired = retired;\n', '']],
      lines: [
        'Book (src/library/book/models/book.ts): restoreState() does not set title, retired, which is lost when a snapshot is read. Set this.title, this.retired in restoreState(). [property-not-restored]',
      ],
    },
  });
});
