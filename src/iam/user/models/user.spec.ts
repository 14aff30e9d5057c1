import { at, given, rejection } from '../../../../test/support/aggregate-spec';
import type { Event } from '../../../event-store/events/event';
import { ValidationError } from '../../../shared-kernel/errors/validation.error';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { UserDisabled } from '../events/user-disabled';
import { UserRegistered } from '../events/user-registered';
import { UserRoleAdded } from '../events/user-role-added';
import { UserRoleRemoved } from '../events/user-role-removed';
import { UserUpdated } from '../events/user-updated';
import { User } from './user';

const ID = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ROLE = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';
const EMAIL = 'ada@domain.com';
const MUST_BE_LETTERS = 'must be letters, with spaces, apostrophes or hyphens only between them';

const registered = new UserRegistered(ID, EMAIL);
const updated = new UserUpdated(ID, 'Ada', 'Lovelace');
const roleAdded = new UserRoleAdded(ID, ROLE);
const roleRemoved = new UserRoleRemoved(ID, ROLE);
const disabled = new UserDisabled(ID);

/** An address that is valid but for its length: 64 characters, an @, and a domain of several labels. */
function addressOfLength(length: number): string {
  const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.`;
  const rest = length - 64 - 1 - domain.length - '.com'.length;

  return `${'a'.repeat(64)}@${domain}${'d'.repeat(rest)}.com`;
}

function roleId(number: number): string {
  return `9d3f6a52-1c84-4f0b-b7d5-${String(number).padStart(12, '0')}`;
}

function rolesAdded(count: number): Event[] {
  return Array.from({ length: count }, (_, index) => new UserRoleAdded(ID, roleId(index)));
}

describe('User', () => {
  describe('given nobody', () => {
    it('when registered, then it is there with its e-mail', () => {
      const user = User.register(ID, EMAIL);

      expect(user.recorded).toStrictEqual([at(1, registered)]);
      expect(user).toMatchObject({ id: ID, version: 1, email: EMAIL, disabled: false });
    });

    it('when registered with an e-mail of 255 characters, then accepts it', () => {
      const user = User.register(ID, addressOfLength(255));

      expect(user.email).toHaveLength(255);
    });

    it('when registered with an e-mail of 256 characters, then rejects it for its length', () => {
      const error = rejection(() => User.register(ID, addressOfLength(256)));

      expect(error).toBeInstanceOf(ValidationError);
      expect(error).toHaveProperty('failures.0.property', 'email');
      expect(error).toHaveProperty('failures.0.constraints.maxLength');
    });

    it.each(['', 'ada', 'ada@domain', 'ada@@domain.com', ' ada@domain.com', 'ada@domain.com\n'])(
      'when registered with the e-mail %j, then rejects it',
      (email) => {
        const error = rejection(() => User.register(ID, email));

        expect(error).toBeInstanceOf(ValidationError);
        expect(error).toMatchObject({
          code: 'ValidationFailed',
          failures: [{ property: 'email', constraints: { isEmail: 'email must be an email' } }],
        });
      },
    );

    it.each(['', '0b5a7f0e4a534d6e8a6e2f1d7b0c9e01', `${ID}0`])(
      'when registered with the id %j, then rejects it',
      (id) => {
        const error = rejection(() => User.register(id, EMAIL));

        expect(error).toBeInstanceOf(ValidationError);
        expect(error).toMatchObject({
          failures: [{ property: 'id', constraints: { isUuid: 'id must be a UUID' } }],
        });
      },
    );

    it('when registered with nothing right, then names every property', () => {
      const error = rejection(() => User.register('ada', 'ada'));

      expect(error).toMatchObject({ failures: [{ property: 'id' }, { property: 'email' }] });
    });
  });

  describe('given a registered user', () => {
    it('when updated, then it has the names', () => {
      const user = given(User, registered);

      user.update('Ada', 'Lovelace');

      expect(user.recorded).toStrictEqual([at(2, updated)]);
      expect(user).toMatchObject({ version: 2, firstName: 'Ada', lastName: 'Lovelace', email: EMAIL });
    });

    it.each([
      ['one letter', 'A'],
      ['accents', 'Zoë'],
      ['accents as combining marks', 'Zoe\u0308'],
      ['Cyrillic', 'Анна-Мария'],
      ['Han', '李小龍'],
      ['Han beyond the basic plane', '𠮷野'],
      ['Arabic', 'محمد'],
      ['Arabic with vowel marks', 'مُحَمَّد'],
      ['Devanagari with vowel signs', 'अनिता श्री'],
      ['a straight apostrophe', "O'Brien"],
      ['a typographic apostrophe', 'D’Arcy'],
      ['a hyphen', 'Jean-Luc'],
      ['spaces', 'Maria da Silva'],
    ])('when updated to a name with %s, then accepts it as it is', (_, name) => {
      const user = given(User, registered);

      user.update(name, name);

      expect(user.recorded).toStrictEqual([at(2, new UserUpdated(ID, name, name))]);
    });

    it.each([
      ['a digit', 'R2'],
      ['a full stop', 'J.'],
      ['an underscore', 'Ada_L'],
      ['markup', '<b>Ada</b>'],
      ['a line break', 'Ada\n'],
      ['an emoji', 'Ada😀'],
      ['a space at the start', ' Ada'],
      ['a space at the end', 'Ada '],
      ['a hyphen at the start', '-Ada'],
      ['a hyphen at the end', 'Ada-'],
      ['an apostrophe at the start', "'Ada"],
      ['an apostrophe at the end', 'Ada’'],
      ['a mark without a letter', '\u0308Ada'],
      ['nothing but a space', ' '],
    ])('when updated to a name with %s, then rejects it', (_, name) => {
      const user = given(User, registered);

      const error = rejection(() => user.update(name, name));

      expect(user.recorded).toEqual([]);
      expect(error).toBeInstanceOf(ValidationError);
      expect(error).toMatchObject({
        failures: [
          { property: 'firstName', constraints: { matches: `firstName ${MUST_BE_LETTERS}` } },
          { property: 'lastName', constraints: { matches: `lastName ${MUST_BE_LETTERS}` } },
        ],
      });
    });

    it('when updated to names of 50 characters, then accepts them, whatever the bytes', () => {
      const user = given(User, registered);

      user.update('a'.repeat(50), '𠮷'.repeat(50));

      expect(user).toMatchObject({ version: 2, firstName: 'a'.repeat(50), lastName: '𠮷'.repeat(50) });
    });

    it('when updated to names of 51 characters and of none, then rejects both for their length', () => {
      const user = given(User, registered);

      const error = rejection(() => user.update('a'.repeat(51), ''));

      expect(user.recorded).toEqual([]);
      expect(error).toHaveProperty('failures.0.property', 'firstName');
      expect(error).toHaveProperty('failures.0.constraints', {
        isLength: 'firstName must be shorter than or equal to 50 characters',
      });
      expect(error).toHaveProperty('failures.1.property', 'lastName');
      expect(error).toHaveProperty('failures.1.constraints.isLength');
    });

    it('when given a role, then holds it', () => {
      const user = given(User, registered);

      user.addRole(ROLE);

      expect(user.recorded).toStrictEqual([at(2, roleAdded)]);
      expect(user.holds(ROLE)).toBe(true);
    });

    it('when a role is taken away that it does not hold, then rejects', () => {
      const user = given(User, registered);

      const error = rejection(() => user.removeRole(ROLE));

      expect(user.recorded).toEqual([]);
      expect(error).toBeInstanceOf(WrongStateError);
      expect(error).toMatchObject({
        code: 'WrongState',
        message: `The user ${ID} does not hold the role ${ROLE}.`,
      });
    });

    it('when disabled, then it is', () => {
      const user = given(User, registered);

      user.disable();

      expect(user.recorded).toStrictEqual([at(2, disabled)]);
      expect(user.disabled).toBe(true);
    });

    it('when it decides several times, then each event makes the next version', () => {
      const user = given(User, registered);

      user.update('Ada', 'Lovelace');
      user.addRole(ROLE);
      user.disable();

      expect(user.recorded).toStrictEqual([at(2, updated), at(3, roleAdded), at(4, disabled)]);
      expect(user.version).toBe(4);
    });

    it('when asked for its e-mail, then case makes no difference', () => {
      const user = given(User, registered);

      expect(user.hasEmail('ADA@Domain.Com')).toBe(true);
      expect(user.hasEmail('eda@domain.com')).toBe(false);
    });
  });

  describe('given a user with a role', () => {
    it('when given the same role, then rejects', () => {
      const user = given(User, registered, roleAdded);

      const error = rejection(() => user.addRole(ROLE));

      expect(user.recorded).toEqual([]);
      expect(error).toBeInstanceOf(WrongStateError);
      expect(error).toMatchObject({ message: `The user ${ID} holds the role ${ROLE} already.` });
    });

    it('when it is taken away and given again, then holds it again', () => {
      const user = given(User, registered, roleAdded);

      user.removeRole(ROLE);
      expect(user.holds(ROLE)).toBe(false);
      user.addRole(ROLE);

      expect(user.recorded).toStrictEqual([at(3, roleRemoved), at(4, roleAdded)]);
      expect([...user.roles]).toEqual([ROLE]);
    });
  });

  describe('given a user with 49 roles', () => {
    it('when given two more, then takes the 50th and rejects the 51st', () => {
      const user = given(User, registered, ...rolesAdded(49));

      user.addRole(roleId(50));
      const error = rejection(() => user.addRole(roleId(51)));

      expect(user.recorded).toStrictEqual([at(51, new UserRoleAdded(ID, roleId(50)))]);
      expect(error).toBeInstanceOf(WrongStateError);
      expect(error).toMatchObject({
        message: `The user ${ID} holds 50 roles already, and no more are possible.`,
      });
    });
  });

  describe('given a user with 50 roles', () => {
    it('when one is taken away, then there is room for another', () => {
      const user = given(User, registered, ...rolesAdded(50));

      user.removeRole(roleId(7));
      user.addRole(ROLE);

      expect(user.roles.size).toBe(50);
      expect(user.holds(ROLE)).toBe(true);
    });
  });

  describe('given a disabled user', () => {
    it.each<[string, (user: User) => unknown]>([
      ['updated', (user) => user.update('Ada', 'Byron')],
      ['given another role', (user) => user.addRole(roleId(1))],
      ['relieved of a role that it holds', (user) => user.removeRole(ROLE)],
      ['disabled', (user) => user.disable()],
    ])('when %s, then rejects and stays as it was', (_, decide) => {
      const user = given(User, registered, updated, roleAdded, disabled);

      const error = rejection(() => decide(user));

      expect(user.recorded).toEqual([]);
      expect(user).toMatchObject({ version: 4, lastName: 'Lovelace', roles: new Set([ROLE]), disabled: true });
      expect(error).toBeInstanceOf(WrongStateError);
      expect(error).toMatchObject({
        code: 'WrongState',
        message: `The user ${ID} is disabled and takes no changes.`,
      });
    });
  });

  describe('given its events', () => {
    const history = [registered, updated, roleAdded, roleRemoved, roleAdded, disabled] as const;

    it('when rebuilt, then is what it was and has nothing to append', () => {
      const original = User.register(ID, EMAIL);
      original.update('Ada', 'Lovelace');
      original.addRole(ROLE);
      original.removeRole(ROLE);
      original.addRole(ROLE);
      original.disable();

      const user = given(User, ...history);

      expect(user.recorded).toEqual([]);
      original.clearChanges();
      expect(user).toEqual(original);
      expect(user).toMatchObject({ version: 6, disabled: true, roles: new Set([ROLE]) });
    });

    it('when they are as old logs hold them, then rebuilds and goes on', () => {
      const old = { id: ID, timestamp: '2019-08-01T09:00:00.000Z', enrichmentData: [] };
      const user = new User(ID);

      user.replay({ ...old, $name: 'org/iam/user/registered', $version: 1, email: EMAIL } as Event);
      user.replay({ ...old, $name: 'org/iam/user/roleAdded', $version: 2, roleId: ROLE } as Event);
      user.disable();

      expect(user).toMatchObject({ email: EMAIL, roles: new Set([ROLE]), disabled: true });
      expect(user.recorded).toStrictEqual([at(3, disabled)]);
    });

    it('when one is unknown, then says which method would know it', () => {
      const user = given(User, registered);
      const promoted = { id: ID, $name: 'org/iam/user/promotedTwice', $version: 2 } as Event;

      const error = rejection(() => {
        user.replay(promoted);
      });

      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({
        message: 'User needs a method whenPromotedTwice for the event org/iam/user/promotedTwice in its log.',
      });
      expect(user.version).toBe(1);
    });
  });
});
