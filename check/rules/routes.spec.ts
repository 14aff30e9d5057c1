import { testEach } from '../project-fixture.ts';

const TEMPLATE = 'template.yaml';
const BOOK_CONTROLLER = 'src/library/book/controllers/book-controller.ts';
const CONTROLLER = 'src/library/reader/controllers/reader-controller.ts';
const BORROW_DTO = 'src/library/reader/dtos/borrow.dto.ts';
const VALIDATOR = 'src/library/reader/models/reader.validator.ts';

describe('Routes', () => {
  testEach({
    'a route without RestApiId': {
      edits: [[TEMPLATE, "Path: '/books/{id}', RestApiId: !Ref ServerlessSamApi", "Path: '/books/{id}'"]],
      lines: [
        'PutBookController (template.yaml): its event Api has no RestApiId: SAM makes an API of its own for it, which is open. Add RestApiId: !Ref ServerlessSamApi to its Properties. [route-without-api]',
      ],
    },
    'a RestApiId that is misspelt': {
      edits: [
        [
          TEMPLATE,
          "Path: '/books/{id}', RestApiId: !Ref ServerlessSamApi",
          "Path: '/books/{id}', RestApiId: !Ref ServerlesSamApi",
        ],
      ],
      lines: [
        'PutBookController (template.yaml): the RestApiId ServerlesSamApi of its event Api is no API of the template. Write RestApiId: !Ref ServerlessSamApi there. [route-without-api]',
      ],
    },
    "a path parameter that is called otherwise than the DTO's property": {
      edits: [[TEMPLATE, "'/readers/{id}/books/{bookId}'", "'/readers/{id}/books/{book}'"]],
      lines: [
        "BorrowBookController (template.yaml): its path /readers/{id}/books/{book} has {book}, which BorrowDto (src/library/reader/dtos/borrow.dto.ts) of borrowHandler has not. Call it as one of the DTO's properties: id, bookId; or add book to the DTO. [path-parameter]",
      ],
    },
    'a controller that does not read its path': {
      edits: [[BOOK_CONTROLLER, 'from: [body, path],', 'from: [body],']],
      lines: [
        'PutBookController (template.yaml): putHandler (src/library/book/controllers/book-controller.ts) does not read its path /books/{id}. Add path to from: of putHandler. [path-parameter]',
      ],
    },
    'a controller without a function': {
      edits: [
        [
          CONTROLLER,
          '/** POST /readers */',
          'export const leaveHandler = commandController(app, { dto: BorrowDto, from: [path] });\n\n/** POST /readers */',
        ],
      ],
      lines: [
        'leaveHandler (src/library/reader/controllers/reader-controller.ts): no function of template.yaml has it as its Handler, so that nobody can call it. Add a function with leaveHandler and its route there. [controller-without-function]',
      ],
    },
    'a route that the authorizer does not know': {
      edits: [[TEMPLATE, "contexts: 'library=books,readers'", "contexts: 'library=books'"]],
      lines: [
        'Authorizer (template.yaml): its variable contexts does not list /readers of library, so that every request of JoinLibraryController, BorrowBookController is refused. Add it there, as in library=readers: contexts is now library=books. [route-without-scope]',
      ],
    },
    'a route of the authorizer that is no more': {
      edits: [[TEMPLATE, "contexts: 'library=books,readers'", "contexts: 'library=books,readers,shelves'"]],
      lines: [
        'Authorizer (template.yaml): its variable contexts lists library=shelves, and no route of that context begins so. Remove it there: contexts is now library=books,readers,shelves. [scope-without-route]',
      ],
    },
    'a property of a DTO without a rule': {
      edits: [[BORROW_DTO, '@IsUUID() bookId', 'bookId']],
      lines: [
        'BorrowDto (src/library/reader/dtos/borrow.dto.ts): its property bookId has no decorator of class-validator, so that anything may be in it. Add a rule such as @IsUUID() or @Length(1, 50) to bookId. [property-without-validator]',
      ],
    },
    'a property without a rule of a class that a DTO extends': {
      edits: [[VALIDATOR, '@IsEmail() readonly email', 'readonly email']],
      lines: [
        'ReaderRegistration (src/library/reader/models/reader.validator.ts): its property email has no decorator of class-validator, so that anything may be in it. Add a rule such as @IsUUID() or @Length(1, 50) to email. [property-without-validator]',
      ],
    },
  });
});
