/** Control characters, halves of surrogate pairs, and code points that Unicode keeps from ever being characters. */
const NO_TEXT = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/**
 * Whether everything that stores, sends or shows a text can take it: it is well-formed Unicode, without control characters and
 * noncharacters.
 *
 * @example isText('Zoë') // true
 * @example isText('a\uffff') // false: SQS refuses U+FFFF
 */
export function isText(value: string): boolean {
  return !NO_TEXT.test(value);
}
