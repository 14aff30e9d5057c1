import { IsUUID } from 'class-validator';

import { AtLeast } from '../../../app/http/dtos/at-least';

/** Which user is asked for. */
export class UserGetDto {
  @IsUUID() id!: string;

  @AtLeast() atLeast?: number;
}
