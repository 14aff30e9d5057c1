import { IsUUID } from 'class-validator';

import { IsRoleName } from '../models/role.rules';

export class RolePostDto {
  @IsUUID() id!: string;
  @IsRoleName() name!: string;
}
