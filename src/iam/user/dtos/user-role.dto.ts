import { IsUUID } from 'class-validator';

/** A user and a role that is added or removed. */
export class UserRoleDto {
  @IsUUID() id!: string;
  @IsUUID() roleId!: string;
}
