import { IsUUID } from 'class-validator';

import { AtLeast } from '../../../app/http/dtos/at-least';
import { PageDto } from '../../../app/http/dtos/page.dto';

/** Which role is asked for, and which page of its users. */
export class RoleGetDto extends PageDto {
  @IsUUID() id!: string;

  @AtLeast() atLeast?: number;
}
