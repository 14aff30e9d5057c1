import { IsUUID } from 'class-validator';

export class UserDisableDto {
  @IsUUID() id!: string;
}
