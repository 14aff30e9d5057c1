import { IsUUID } from 'class-validator';

/** Which role is added to a user or removed from it. */
export class UserRoleDto {
  @IsUUID() id!: string;
  @IsUUID() roleId!: string;
}
