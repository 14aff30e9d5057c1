import { IsUUID } from 'class-validator';

import { AtLeast } from '../../../app/validation/at-least';
import { PageDto } from '../../../app/validation/page.dto';

/** A role and a page of its users. */
export class RoleGetDto extends PageDto {
  @IsUUID() id!: string;

  @AtLeast() atLeast?: number;
}
