import { IsString, Length } from 'class-validator';

import { ValidationError } from '../errors/validation.error';
import { assertValid } from './assert-valid';
import { MaxBytes } from './max-bytes';
import { rule } from './rule';

const IsTitle = () => rule(Length(1, 10), MaxBytes(20));

class Book {
  @IsTitle() readonly title: unknown;
  @IsString() readonly author: unknown;

  constructor(title: unknown, author: unknown = 'Ada') {
    this.title = title;
    this.author = author;
  }
}

function failuresOf(book: Book) {
  try {
    assertValid(book);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    return (error as ValidationError).failures;
  }
}

describe('assertValid', () => {
  it.each(['Zoë', '李', '𝒜𝓁', 'a\u200db', '\u{10fffd}', ' '])('given the text %j, then takes it', (title) => {
    expect(failuresOf(new Book(title))).toEqual([]);
  });

  it.each([
    ['U+FFFF', '\uffff'],
    ['U+FFFE', '\ufffe'],
    ['U+FDD0', '\ufdd0'],
    ['U+1FFFF', '\u{1ffff}'],
    ['U+10FFFF', '\u{10ffff}'],
    ['U+0000', '\0'],
    ['U+0001', '\u0001'],
    ['a line break', '\n'],
    ['U+0085', '\u0085'],
    ['the first half of a pair', '\ud83d'],
    ['the second half of a pair', '\ude00'],
    ['halves in the wrong order', '\ude00\ud83d'],
  ])('given %s in a string, then names each property that has it', (_, character) => {
    const message = (property: string) =>
      `${property} must be text without control characters, noncharacters and halves of surrogate pairs`;

    expect(failuresOf(new Book(`a${character}b`, character))).toEqual([
      { property: 'title', constraints: { isText: message('title') } },
      { property: 'author', constraints: { isText: message('author') } },
    ]);
  });

  it('given a string that breaks several rules, then names all of them with its property', () => {
    expect(failuresOf(new Book('\u0001'.repeat(21)))).toEqual([
      {
        property: 'title',
        constraints: {
          isLength: 'title must be shorter than or equal to 10 characters',
          maxBytes: 'title must take at most 20 bytes in UTF-8',
          isText: expect.any(String) as string,
        },
      },
    ]);
  });

  it.each([
    ['variation selectors, which are no characters to class-validator', `a${'\ufe0f'.repeat(7)}`],
    ['a letter whose normal form takes more', '\u{1d160}'.repeat(2)],
    ['no string', 5],
  ])('given %s, then counts the bytes that are stored', (_, title) => {
    expect(failuresOf(new Book(title))).toMatchObject([
      { constraints: { maxBytes: 'title must take at most 20 bytes in UTF-8' } },
    ]);
  });
});
