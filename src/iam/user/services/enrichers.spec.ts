import { given } from '../../../../test/support/aggregate-spec';
import { RoleCreated } from '../../role/events/role-created';
import { Role } from '../../role/models/role';
import { UserRegistered } from '../events/user-registered';
import { UserRoleAdded } from '../events/user-role-added';
import { UserUpdated } from '../events/user-updated';
import { User } from '../models/user';
import { UserRoleAddedEnricher } from './user-role-added.enricher';
import { UserRoleRemovedEnricher } from './user-role-removed.enricher';
import { UserUpdatedEnricher } from './user-updated.enricher';

const ID = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ADMIN = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';
const AUDITOR = '3c1e9b70-8d42-4a6f-9e15-7f0b2d6c5a03';

const registered = new UserRegistered(ID, 'ada@domain.com');
const updated = new UserUpdated(ID, 'Ada', 'Byron');

describe('UserUpdatedEnricher', () => {
  it('given a user with roles, then tells the user as it now is, with the ids of its roles', () => {
    const user = given(User, registered, updated, new UserRoleAdded(ID, ADMIN), new UserRoleAdded(ID, AUDITOR));
    const event = user.update('Ada', 'Lovelace');

    new UserUpdatedEnricher(user).enrich(event);

    expect(event.enrichmentData).toEqual([
      {
        aggregateName: 'User',
        data: {
          id: ID,
          firstName: 'Ada',
          lastName: 'Lovelace',
          email: 'ada@domain.com',
          roles: [ADMIN, AUDITOR],
        },
      },
    ]);
  });

  it('given a later change of the roles, then the event keeps what it was told', () => {
    const user = given(User, registered);
    const event = user.update('Ada', 'Lovelace');

    new UserUpdatedEnricher(user).enrich(event);
    user.addRole(ADMIN);

    expect(event.enrichmentData).toMatchObject([{ data: { roles: [] } }]);
  });
});

describe('UserRoleAddedEnricher', () => {
  it('given a user and a role, then tells both, and of the user no roles', () => {
    const user = given(User, registered, updated);
    const role = given(Role, new RoleCreated(ADMIN, 'Admin'));
    const event = user.addRole(ADMIN);

    new UserRoleAddedEnricher(user, role).enrich(event);

    expect(event.enrichmentData).toEqual([
      { aggregateName: 'User', data: { id: ID, firstName: 'Ada', lastName: 'Byron', email: 'ada@domain.com' } },
      { aggregateName: 'Role', data: { id: ADMIN, name: 'Admin' } },
    ]);
  });
});

describe('UserRoleRemovedEnricher', () => {
  it('given a role taken away, then tells both ids and nothing else', () => {
    const event = given(User, registered, new UserRoleAdded(ID, ADMIN)).removeRole(ADMIN);

    new UserRoleRemovedEnricher().enrich(event);

    expect(event.enrichmentData).toEqual([
      { aggregateName: 'User', data: { id: ID } },
      { aggregateName: 'Role', data: { id: ADMIN } },
    ]);
  });
});
