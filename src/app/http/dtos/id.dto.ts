import { IsUUID } from 'class-validator';

/** For a route that only needs to know which aggregate is meant. */
export class IdDto {
  @IsUUID() id!: string;
}
