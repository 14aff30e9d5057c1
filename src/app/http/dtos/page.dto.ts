import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** Which page of a list is asked for: its `limit`, 1 to 100, and the `cursor` that the page before answered. */
export class PageDto {
  @Transform(({ value }: { value: unknown }) => (/^\d+$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 100;

  @IsOptional()
  @IsUUID(undefined, { message: '$property must be the X-Next-Cursor of an earlier answer' })
  cursor?: string;
}
