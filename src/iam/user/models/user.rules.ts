import { IsEmail, Length, Matches, MaxLength } from 'class-validator';

import { rule } from '../../../app/validation/rule';

// Letters of any script, each with its combining marks; spaces, apostrophes and hyphens only between them.
const PERSON_NAME = /^\p{L}[\p{L}\p{M}]*(?:[ '’-]+\p{L}[\p{L}\p{M}]*)*$/u;

export const IsEmailAddress = () => rule(IsEmail(), MaxLength(255));

export const IsPersonName = () =>
  rule(
    Length(1, 50),
    Matches(PERSON_NAME, {
      message: '$property must be letters, with spaces, apostrophes or hyphens only between them',
    }),
  );
