import { IsUUID } from 'class-validator';

/** All that a route needs to know is which aggregate. */
export class IdDto {
  @IsUUID() id!: string;
}
