import { aggregateTypeOf, pascalCase } from './event-name';

describe('event names', () => {
  it('given an event, then its scope is its aggregate type', () => {
    expect(aggregateTypeOf('org/iam/user/roleAdded')).toBe('org/iam/user');
  });

  it.each([
    [-1, undefined, 'RoleAdded'],
    [-2, undefined, 'UserRoleAdded'],
    [1, -1, 'IamUser'],
  ])('given segments from %p to %p, then makes one word of them', (start, end, word) => {
    expect(pascalCase('org/iam/user/roleAdded', start, end)).toBe(word);
  });
});
