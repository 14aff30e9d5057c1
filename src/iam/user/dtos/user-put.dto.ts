import { IsUUID } from 'class-validator';

import { IsPersonName } from '../models/user.rules';

export class UserPutDto {
  @IsUUID() id!: string;
  @IsPersonName() firstName!: string;
  @IsPersonName() lastName!: string;
}
