import { IsUUID } from 'class-validator';

export class UserGetDto {
  @IsUUID() id!: string;
}
