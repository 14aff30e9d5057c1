import { IsOptional, Matches, MaxLength } from 'class-validator';

import { PageDto } from '../../../app/http/dtos/page.dto';
import type { Filter } from '../../../event-store/projections/page';

export class UserListDto extends PageDto {
  /** `email:com`: only users whose e-mail contains `com`. */
  @IsOptional()
  @MaxLength(300)
  @Matches(/^(?:id|email|firstName|lastName):./s, {
    message:
      '$property must be a property, a colon and a text, as in email:com; properties: id, email, firstName, lastName',
  })
  contains?: string;

  get filter(): Filter | undefined {
    const colon = this.contains?.indexOf(':') ?? -1;

    return colon < 0
      ? undefined
      : { property: this.contains?.slice(0, colon) ?? '', value: this.contains?.slice(colon + 1) ?? '' };
  }
}
