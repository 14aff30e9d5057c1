import { IsUUID } from 'class-validator';

import { UserName } from '../models/user-name.validator';

export class UserPutDto extends UserName {
  @IsUUID() id!: string;
}
