import { IsEmail, Length, Matches, MaxLength } from 'class-validator';

import { rule } from '../../../shared-kernel/validation/rule';

// Letters of any script, with their marks and joiners; spaces, apostrophes and hyphens only between them.
const PERSON_NAME = /^\p{L}[\p{L}\p{M}\p{Join_C}]*(?:[ '’-]+\p{L}[\p{L}\p{M}\p{Join_C}]*)*$/u;

export const IsEmailAddress = () => rule(IsEmail({ ignore_max_length: true }), MaxLength(255));

export const IsPersonName = () =>
  rule(
    Length(1, 50),
    Matches(PERSON_NAME, {
      message: '$property must be letters, with spaces, apostrophes or hyphens only between them',
    }),
  );
