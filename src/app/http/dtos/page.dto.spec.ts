import { plainToInstance } from 'class-transformer';

import { rejection } from '../../../../test/support/aggregate-spec';
import { assertValid } from '../../../shared-kernel/validation/assert-valid';
import { PageDto } from './page.dto';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

function pageOf(query: Record<string, string>): PageDto {
  const dto = plainToInstance(PageDto, query);

  assertValid(dto);
  return dto;
}

describe('PageDto', () => {
  it('given nothing, then asks for the first 100', () => {
    expect(pageOf({})).toMatchObject({ limit: 100, cursor: undefined });
  });

  it.each([
    ['1', 1],
    ['10', 10],
    ['100', 100],
  ])('given the limit %s, then takes it as a number', (limit, expected) => {
    expect(pageOf({ limit }).limit).toBe(expected);
  });

  it.each([
    ['0', 'min'],
    ['101', 'max'],
    ['1e3', 'max'],
    ['', 'min'],
    ['1.5', 'isInt'],
    ['abc', 'isInt'],
    ['NaN', 'isInt'],
  ])('given the limit %j, then rejects it', (limit, constraint) => {
    const error = rejection(() => pageOf({ limit }));

    expect(error).toMatchObject({ code: 'ValidationFailed', failures: [{ property: 'limit' }] });
    expect(error).toHaveProperty(`failures.0.constraints.${constraint}`);
  });

  it('given the cursor of a page, then goes on behind it', () => {
    expect(pageOf({ cursor: ID, limit: '5' })).toMatchObject({ cursor: ID, limit: 5 });
  });

  it.each(['', 'next', `${ID}'`, '{"id":"a"}'])('given the cursor %j, then says where to get one', (cursor) => {
    expect(rejection(() => pageOf({ cursor }))).toMatchObject({
      failures: [
        { property: 'cursor', constraints: { isUuid: 'cursor must be the X-Next-Cursor of an earlier answer' } },
      ],
    });
  });
});
