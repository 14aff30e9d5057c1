import { IsUUID } from 'class-validator';

import { PageDto } from '../../../app/validation/page.dto';

/** A role and a page of its users. */
export class RoleGetDto extends PageDto {
  @IsUUID() id!: string;
}
