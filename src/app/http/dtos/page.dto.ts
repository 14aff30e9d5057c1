import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** What every route that answers a page takes: `limit`, 1 to 100, and the `cursor` of the page before. */
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
