import { IsUUID } from 'class-validator';

export class RoleDisableDto {
  @IsUUID() id!: string;
}
