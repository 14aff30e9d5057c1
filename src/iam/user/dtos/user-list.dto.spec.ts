import { plainToInstance } from 'class-transformer';

import { rejection } from '../../../../test/support/aggregate-spec';
import { assertValid } from '../../../shared-kernel/validation/assert-valid';
import { UserListDto } from './user-list.dto';

function listOf(query: Record<string, string>): UserListDto {
  const dto = plainToInstance(UserListDto, query);

  assertValid(dto);
  return dto;
}

describe('UserListDto', () => {
  it('given nothing, then filters nothing', () => {
    expect(listOf({ limit: '10' })).toMatchObject({ limit: 10, filter: undefined });
  });

  it.each([
    ['email:com', 'email', 'com'],
    ['id:5a1d', 'id', '5a1d'],
    ['firstName:Ma ria', 'firstName', 'Ma ria'],
    ['lastName:李', 'lastName', '李'],
    ['email:a:b', 'email', 'a:b'],
    ['email::', 'email', ':'],
  ])('given contains=%s, then filters by it', (contains, property, value) => {
    expect(listOf({ contains }).filter).toEqual({ property, value });
  });

  it.each(['', 'com', 'email:', ':com', 'roles:admin', 'Email:com', 'an email:com', '__proto__:com'])(
    'given contains=%j, then says how it is written',
    (contains) => {
      const error = rejection(() => listOf({ contains }));

      expect(error).toMatchObject({ code: 'ValidationFailed', failures: [{ property: 'contains' }] });
      expect(error).toHaveProperty(
        'failures.0.constraints.matches',
        'contains must be a property, a colon and a text, as in email:com; properties: id, email, firstName, lastName',
      );
    },
  );

  it('given a text of more than 300 characters, then rejects it', () => {
    const error = rejection(() => listOf({ contains: `email:${'a'.repeat(295)}` }));

    expect(error).toHaveProperty('failures.0.constraints.maxLength');
    expect(listOf({ contains: `email:${'a'.repeat(294)}` }).filter?.value).toHaveLength(294);
  });

  it('given a parameter that is called as what is derived, then it makes no difference', () => {
    expect(listOf({ contains: 'email:com', filter: 'id:1' }).filter).toEqual({ property: 'email', value: 'com' });
  });
});
