import { at, given, rejection } from '../../../../test/support/aggregate-spec';
import type { Event } from '../../../event-store/events/event';
import { ValidationError } from '../../../shared-kernel/errors/validation.error';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { RoleCreated } from '../events/role-created';
import { RoleDisabled } from '../events/role-disabled';
import { Role } from './role';

const ID = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';

const created = new RoleCreated(ID, 'Admin');
const disabled = new RoleDisabled(ID);

describe('Role', () => {
  describe('given nothing', () => {
    it.each(['Admin', 'A', 'a'.repeat(30), 'Führung', 'Администратор', '管理者', 'مدير', 'प्रबंधक'])(
      'when created with the name %j, then it is there',
      (name) => {
        const role = Role.create(ID, name);

        expect(role.recorded).toStrictEqual([at(1, new RoleCreated(ID, name))]);
        expect(role).toMatchObject({ id: ID, version: 1, name, disabled: false });
      },
    );

    it.each(['Super Admin', 'Admin2', 'Admin-', "Admin's", 'Admin\n', '\u0308Admin'])(
      'when created with the name %j, then rejects what is no letter',
      (name) => {
        const error = rejection(() => Role.create(ID, name));

        expect(error).toBeInstanceOf(ValidationError);
        expect(error).toMatchObject({
          failures: [{ property: 'name', constraints: { matches: 'name must be letters only' } }],
        });
      },
    );

    it.each([
      ['none', '', 'name must be longer than or equal to 1 characters'],
      ['31', 'a'.repeat(31), 'name must be shorter than or equal to 30 characters'],
    ])('when created with a name of %s characters, then rejects its length', (_, name, isLength) => {
      const error = rejection(() => Role.create(ID, name));

      expect(error).toMatchObject({ failures: [{ property: 'name', constraints: { isLength } }] });
    });

    it('when created with an id that is no UUID, then rejects it', () => {
      const error = rejection(() => Role.create('admin', 'Admin'));

      expect(error).toMatchObject({
        code: 'ValidationFailed',
        failures: [{ property: 'id', constraints: { isUuid: 'id must be a UUID' } }],
      });
    });
  });

  describe('given a role', () => {
    it('when disabled, then nobody is given it any more', () => {
      const role = given(Role, created);

      role.ensureAssignable();
      role.disable();

      expect(role.recorded).toStrictEqual([at(2, disabled)]);
      expect(
        rejection(() => {
          role.ensureAssignable();
        }),
      ).toMatchObject({ code: 'WrongState', message: `The role ${ID} is disabled and cannot be added to a user.` });
    });

    it('when asked for its name, then composed and decomposed letters are the same, and case is not', () => {
      const role = given(Role, new RoleCreated(ID, 'Zo\u00eb'));

      expect(role.hasName('Zoe\u0308')).toBe(true);
      expect(role.hasName('zo\u00eb')).toBe(false);
    });
  });

  describe('given a disabled role', () => {
    it('when disabled, then rejects', () => {
      const role = given(Role, created, disabled);

      const error = rejection(() => role.disable());

      expect(role.recorded).toEqual([]);
      expect(role.version).toBe(2);
      expect(error).toBeInstanceOf(WrongStateError);
      expect(error).toMatchObject({ message: `The role ${ID} is disabled and takes no changes.` });
    });
  });

  describe('given its events', () => {
    it('when they are as old logs hold them, then rebuilds it and has nothing to append', () => {
      const role = new Role(ID);

      role.replay({ id: ID, $name: 'org/iam/role/created', $version: 1, name: 'Admin' } as unknown as Event);
      role.replay({ id: ID, $name: 'org/iam/role/disabled', $version: 2 } as Event);

      expect(role).toMatchObject({ id: ID, version: 2, name: 'Admin', disabled: true });
      expect(role.recorded).toEqual([]);
    });
  });
});
