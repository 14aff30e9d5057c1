import { buildMessage, ValidateBy } from 'class-validator';

/**
 * A text that takes at most so many bytes where it is stored: in UTF-8, after normalization to NFC. Characters alone are no limit:
 * class-validator does not count variation selectors, and a character takes up to four bytes.
 */
export function MaxBytes(maximum: number): PropertyDecorator {
  return ValidateBy({
    name: 'maxBytes',
    constraints: [maximum],
    validator: {
      validate: (value) => typeof value === 'string' && Buffer.byteLength(value.normalize('NFC')) <= maximum,
      defaultMessage: buildMessage((each) => `${each}$property must take at most $constraint1 bytes in UTF-8`),
    },
  });
}
