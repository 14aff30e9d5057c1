import { IsEmail, Length, Matches, MaxLength } from 'class-validator';

import { MaxBytes } from '../../../shared-kernel/validation/max-bytes';
import { rule } from '../../../shared-kernel/validation/rule';

// Letters of any script, with their marks and joiners; spaces, apostrophes and hyphens only between them.
const PERSON_NAME = /^\p{L}[\p{L}\p{M}\p{Join_C}]*(?:[ '’-]+\p{L}[\p{L}\p{M}\p{Join_C}]*)*$/u;

// Its claim is a key of DynamoDB: 2,048 bytes with the name of the set, in lower case, which may take more.
export const IsEmailAddress = () => rule(IsEmail({ ignore_max_length: true }), MaxLength(255), MaxBytes(1_020));

export const IsPersonName = () =>
  rule(
    Length(1, 50),
    MaxBytes(600),
    Matches(PERSON_NAME, {
      message: '$property must be letters, with spaces, apostrophes or hyphens only between them',
    }),
  );
