import { testEach } from '../project-fixture.ts';

const MODULE = 'src/library/library.module.ts';
const TEMPLATE = 'template.yaml';
const EXAMPLE = '.env.example';
const LOAN = 'src/library/loan/projections/loan.projection.ts';

describe('Tables', () => {
  testEach({
    "another projection's table, copied": {
      edits: [[MODULE, "'readersTable'", "'booksTable'"]],
      lines: [
        'ReaderProjections (src/library/library.module.ts): its table booksTable is that of BookProjections too. Give each projection a table of its own: in one they overwrite each other. [table-twice]',
      ],
    },
    'a table of the engine': {
      edits: [[MODULE, "'readersTable'", "'eventLogTable'"]],
      lines: [
        "ReaderProjections (src/library/library.module.ts): its table eventLogTable is the engine's own (src/functions/engine-settings.ts). Give the projection a table of its own. [table-of-the-engine]",
      ],
    },
    "a table's variable that is misspelt": {
      edits: [[MODULE, "'readersTable'", "'reederTable'"]],
      lines: [
        'ReaderProjections (src/library/library.module.ts): its table reederTable is no variable in Globals.Function.Environment of template.yaml. Write readersTable, or add reederTable: !Ref reederTable there. [table-variable]',
      ],
    },
    'tables that constants name': {
      edits: [
        [MODULE, "'booksTable'", 'BOOKS'],
        [MODULE, "'readersTable'", 'READERS'],
      ],
      lines: ['BookProjections', 'ReaderProjections'].map(
        (subject) =>
          `${subject} (src/library/library.module.ts): its table is not written as a text, so that nobody can compare it with the template. Write the environment variable that names it, as in table: 'projectionUsersTable'. [table-text]`,
      ),
    },
    "a table's variable that no function has": {
      edits: [[TEMPLATE, '        readersTable: !Ref readersTable\n', '']],
      lines: [
        'ReaderProjections (src/library/library.module.ts): its table readersTable is no variable in Globals.Function.Environment of template.yaml. Add readersTable: !Ref readersTable there. [table-variable]',
      ],
    },
    "another table's parameter in a variable": {
      edits: [[TEMPLATE, '        readersTable: !Ref readersTable\n', '        readersTable: !Ref booksTable\n']],
      lines: [
        'Globals.Function.Environment (template.yaml): its variable readersTable is the parameter booksTable, and there is one that is called readersTable. Write readersTable: !Ref readersTable. [variable-of-another-name]',
      ],
    },
    'a variable of no table': {
      edits: [
        [
          TEMPLATE,
          '  Readers:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: !Ref readersTable\n      KeySchema: [{ AttributeName: id, KeyType: HASH }]\n',
          '',
        ],
      ],
      lines: [
        'ReaderProjections (src/library/library.module.ts): no table of template.yaml is called by readersTable, as its variable readersTable is. Add a table with TableName: !Ref readersTable. [table-resource]',
      ],
    },
    'a table that the loop over the projections does not make': {
      edits: [
        [MODULE, "'readersTable'", "'projectionReadersTable'"],
        [
          TEMPLATE,
          '        readersTable: !Ref readersTable',
          '        projectionReadersTable: !Ref projectionReadersTable',
        ],
        [TEMPLATE, '  readersTable: {', '  projectionReadersTable: {'],
        [EXAMPLE, 'readersTable=', ''],
        [
          TEMPLATE,
          '  Readers:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: !Ref readersTable\n      KeySchema: [{ AttributeName: id, KeyType: HASH }]\n',
          '  Fn::ForEach::Projections:\n    - Names\n    - []\n    - Projection${Names}: {}\n',
        ],
      ],
      lines: [
        'ReaderProjections (src/library/library.module.ts): no table of template.yaml is called by projectionReadersTable, as its variable projectionReadersTable is. Add Readers to the list of Fn::ForEach::Projections. [table-resource]',
      ],
    },
    'keys the wrong way round': {
      edits: [
        [
          MODULE,
          "partitionKey: 'bookId',\n      sortKey: 'readerId'",
          "partitionKey: 'readerId',\n      sortKey: 'bookId'",
        ],
      ],
      lines: [
        'Loans (src/library/library.module.ts): its keys are readerId, bookId, and the KeySchema of Loans in template.yaml is bookId, readerId. Make partitionKey and sortKey the names of the KeySchema, the HASH first. [table-keys]',
      ],
    },
    'an aggregateKey that is the other key': {
      edits: [[MODULE, "aggregateKey: 'readerId'", "aggregateKey: 'bookId'"]],
      lines: [
        "Loans (src/library/library.module.ts): its aggregateKey is bookId, and the id of the events that LoanHandler follows is put under readerId. Write aggregateKey: 'readerId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that is the other key, of rows that are put where the handler is': {
      edits: [[MODULE, "aggregateKey: 'bookId'", "aggregateKey: 'letter'"]],
      lines: [
        "Titles (src/library/library.module.ts): its aggregateKey is letter, and the id of the events that TitleHandler follows is put under bookId. Write aggregateKey: 'bookId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that is the other key, of rows of constants': {
      edits: [
        [MODULE, "aggregateKey: 'readerId'", "aggregateKey: 'bookId'"],
        [
          LOAN,
          'return [{ put: { bookId: (event as ReaderBorrowed).bookId, readerId: event.id } satisfies Loan }]',
          'const { id: readerId, bookId } = event as ReaderBorrowed;\n\n  return [{ put: { bookId, readerId } }]',
        ],
      ],
      lines: [
        "Loans (src/library/library.module.ts): its aggregateKey is bookId, and the id of the events that LoanHandler follows is put under readerId. Write aggregateKey: 'readerId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that is the other key, of rows that a function makes': {
      edits: [
        [MODULE, "aggregateKey: 'readerId'", "aggregateKey: 'bookId'"],
        [
          LOAN,
          '[{ put: { bookId: (event as ReaderBorrowed).bookId, readerId: event.id } satisfies Loan }];\n}',
          '[{ put: loanOf(event as ReaderBorrowed) }];\n}\n\nconst loanOf = ({ id, bookId }: ReaderBorrowed): Loan => ({ bookId, readerId: id });',
        ],
      ],
      lines: [
        "Loans (src/library/library.module.ts): its aggregateKey is bookId, and the id of the events that LoanHandler follows is put under readerId. Write aggregateKey: 'readerId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that is no key': {
      edits: [[MODULE, "aggregateKey: 'readerId'", "aggregateKey: 'id'"]],
      lines: [
        "Loans (src/library/library.module.ts): its aggregateKey is id, and the id of the events that LoanHandler follows is put under readerId. Write aggregateKey: 'readerId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that a function makes': {
      edits: [[MODULE, "aggregateKey: 'readerId'", "aggregateKey: keyOf('reader')"]],
      lines: [
        "Loans (src/library/library.module.ts): its aggregateKey is (no text), and the id of the events that LoanHandler follows is put under readerId. Write aggregateKey: 'readerId'. [aggregate-key]",
      ],
    },
    'an aggregateKey that is no key, of rows that are made elsewhere': {
      edits: [
        [MODULE, "aggregateKey: 'readerId'", "aggregateKey: 'id'"],
        [LOAN, 'readerId: event.id', 'readerId: readerOf(event)'],
      ],
      lines: [
        'Loans (src/library/library.module.ts): its aggregateKey id is neither its partitionKey nor its sortKey. Write which of bookId and readerId is the id of the aggregate that its handler follows. [aggregate-key]',
      ],
    },
  });
});
