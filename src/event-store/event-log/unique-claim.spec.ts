import { Event } from '../events/event';
import { uniqueClaim } from './unique-claim';

const OWNER = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';

class UserRegistered extends Event {
  static readonly $name = 'org/iam/user/registered';
  override readonly $name = UserRegistered.$name;
}

describe('uniqueClaim', () => {
  it('given a value, then names it within the scope of the event, and its owner', () => {
    expect(uniqueClaim(UserRegistered, 'email', 'user@domain.com', OWNER)).toEqual({
      constraint: 'iam/user#email:user@domain.com',
      owner: OWNER,
    });
  });

  it('given composed and decomposed letters, then claims the same', () => {
    const composed = uniqueClaim(UserRegistered, 'email', 'zo\u00eb@domain.com', OWNER);
    const decomposed = uniqueClaim(UserRegistered, 'email', 'zoe\u0308@domain.com', OWNER);

    expect(decomposed).toEqual(composed);
  });

  it('given values that only look alike, then claims different ones', () => {
    const latin = uniqueClaim(UserRegistered, 'email', 'a@domain.com', OWNER);
    const cyrillic = uniqueClaim(UserRegistered, 'email', '\u0430@domain.com', OWNER);

    expect(cyrillic.constraint).not.toBe(latin.constraint);
  });
});
