import { IsUUID } from 'class-validator';

import { AtLeast } from '../../../app/http/dtos/at-least';

/** A user. */
export class UserGetDto {
  @IsUUID() id!: string;

  @AtLeast() atLeast?: number;
}
