import { IsUUID } from 'class-validator';

import { AtLeast } from '../../../app/validation/at-least';

/** A user. */
export class UserGetDto {
  @IsUUID() id!: string;

  @AtLeast() atLeast?: number;
}
