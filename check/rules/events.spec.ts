import { testEach } from '../project-fixture.ts';

const LEFT = 'src/library/reader/events/reader-left.ts';
const MODULE = 'src/library/library.module.ts';
const CONTRACT = 'src/library/events.spec.ts';

describe('Events', () => {
  testEach({
    "another event's $name, copied": {
      edits: [[LEFT, "'org/library/reader/left'", "'org/library/reader/joined'"]],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): its $name org/library/reader/joined is that of ReaderJoined (src/library/reader/events/reader-joined.ts) too. Give one of the two a $name of its own: a copied name makes the one event read as the other. [event-name-twice]',
      ],
    },
    'an event that begins with another aggregateType': {
      edits: [[LEFT, "'org/library/reader/left'", "'org/library/raeder/left'"]],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): its $name org/library/raeder/left is not under org/library/reader, the aggregateType of Reader, whose events it is among in src/library/library.module.ts. Begin its $name with org/library/reader/, or list it with its own aggregate. [event-of-wrong-aggregate-type]',
      ],
    },
    'an event without a $name': {
      edits: [[LEFT, "  static readonly $name = 'org/library/reader/left';\n", '']],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): its $name (none) is not under org/library/reader, the aggregateType of Reader, whose events it is among in src/library/library.module.ts. Begin its $name with org/library/reader/, or list it with its own aggregate. [event-of-wrong-aggregate-type]',
      ],
    },
    'an event whose name begins with the type of another aggregate': {
      edits: [[LEFT, "'org/library/reader/left'", "'org/library/book/left'"]],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): its $name org/library/book/left is not under org/library/reader, the aggregateType of Reader, whose events it is among in src/library/library.module.ts. Begin its $name with org/library/reader/, or list it with its own aggregate. [event-of-wrong-aggregate-type]',
      ],
    },
    'an event among those of another aggregate as well': {
      edits: [[MODULE, '[BookAcquired, BookRetired]', '[BookAcquired, BookRetired, ReaderLeft]']],
      lines: [
        'ReaderLeft (src/library/library.module.ts): it stands there with its own aggregate and among the events of Book. Remove it from the events of Book, which lists its own. [event-listed-twice]',
      ],
    },
    "another class's $name in an event's instances": {
      edits: [[LEFT, 'override readonly $name = ReaderLeft.$name', 'override readonly $name = ReaderJoined.$name']],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): its instances do not have the $name of ReaderLeft, by which they are read. Write override readonly $name = ReaderLeft.$name. [event-with-another-name]',
      ],
    },
    'an event that the module does not list': {
      edits: [[MODULE, '[ReaderJoined, ReaderBorrowed, ReaderLeft]', '[ReaderJoined, ReaderBorrowed]']],
      lines: [
        "ReaderLeft (src/library/reader/events/reader-left.ts): no module lists it, so that it is decoded nowhere. Add ReaderLeft to its aggregate's events in src/library/library.module.ts. [event-in-no-module]",
      ],
    },
    'an event without an entry in the contract': {
      edits: [[CONTRACT, 'type: ReaderLeft,', 'type: ReaderJoined,']],
      lines: [
        'ReaderLeft (src/library/reader/events/reader-left.ts): src/library/events.spec.ts has no entry for it. Add an entry with type: ReaderLeft, its name and its payload there: both are a public contract. [event-without-contract]',
      ],
    },
  });
});
