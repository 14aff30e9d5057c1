import { Length, Matches } from 'class-validator';

import { MaxBytes } from '../../../shared-kernel/validation/max-bytes';
import { rule } from '../../../shared-kernel/validation/rule';

export const IsRoleName = () =>
  rule(Length(1, 30), MaxBytes(360), Matches(/^(?:\p{L}\p{M}*)+$/u, { message: '$property must be letters only' }));
