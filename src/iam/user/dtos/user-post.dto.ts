import { IsUUID } from 'class-validator';

import { IsEmailAddress } from '../models/user.rules';

export class UserPostDto {
  @IsUUID() id!: string;
  @IsEmailAddress() email!: string;
}
