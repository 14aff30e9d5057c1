import { CONTEXT } from '../../../../test/support/events';
import { InMemoryEventLog } from '../../../../test/support/in-memory-event-log';
import { InMemorySnapshotStore } from '../../../../test/support/in-memory-snapshot-store';
import { AggregateRepository } from '../../../event-store/aggregates/aggregate.repository';
import { AlreadyExistsError } from '../../../event-store/errors/already-exists.error';
import { NotFoundError } from '../../../shared-kernel/errors/not-found.error';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { Role } from '../../role/models/role';
import { RoleService } from '../../role/services/role.service';
import { User } from '../models/user';
import { UserService } from './user.service';

const ADA = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ADMIN = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';
const NOBODY = '3c1e9b70-8d42-4a6f-9e15-7f0b2d6c5a03';

describe('UserService', () => {
  let log: InMemoryEventLog;
  let users: UserService;
  let roles: RoleService;

  beforeEach(() => {
    log = new InMemoryEventLog();
    const sources = { log, snapshots: new InMemorySnapshotStore(), snapshotInterval: 100 };
    const roleRepository = new AggregateRepository(Role, sources);
    users = new UserService(new AggregateRepository(User, sources), roleRepository);
    roles = new RoleService(roleRepository);
  });

  describe('given nobody', () => {
    it('when registered, then claims the e-mail without regard to case', async () => {
      await users.register(ADA, 'Ada@Domain.com', CONTEXT);

      expect(log.events).toMatchObject([{ $name: 'org/iam/user/registered', email: 'Ada@Domain.com' }]);
      expect(log.claims).toEqual([{ key: 'iam/user#email:ada@domain.com', owner: ADA }]);
    });

    it('when somebody unknown is updated, then is not found', async () => {
      await expect(users.update(NOBODY, { firstName: 'Ada', lastName: 'Byron' }, CONTEXT)).rejects.toThrow(
        new NotFoundError('User', NOBODY),
      );
    });
  });

  describe('given a user and a role', () => {
    beforeEach(async () => {
      await users.register(ADA, 'ada@domain.com', CONTEXT);
      await roles.create(ADMIN, 'Admin', CONTEXT);
    });

    it('when registered again with the same e-mail, then tells where it stands and appends nothing', async () => {
      await users.update(ADA, { firstName: 'Ada', lastName: 'Byron' }, CONTEXT);

      const result = await users.register(ADA, 'ADA@domain.com', CONTEXT);

      expect(result).toEqual({ id: ADA, version: 2 });
      expect(log.events).toHaveLength(3);
    });

    it('when registered again with another e-mail, then rejects', async () => {
      await expect(users.register(ADA, 'eda@domain.com', CONTEXT)).rejects.toThrow(new AlreadyExistsError('User', ADA));
    });

    it('when given the role, then the event tells who and what', async () => {
      const result = await users.addRole(ADA, ADMIN, CONTEXT);

      expect(result).toEqual({ id: ADA, version: 2 });
      expect(log.events.at(-1)).toMatchObject({
        $name: 'org/iam/user/roleAdded',
        roleId: ADMIN,
        enrichmentData: [
          { aggregateName: 'User', data: { id: ADA, email: 'ada@domain.com' } },
          { aggregateName: 'Role', data: { id: ADMIN, name: 'Admin' } },
        ],
      });
    });

    it('when updated, then the event tells the user with its roles', async () => {
      await users.addRole(ADA, ADMIN, CONTEXT);
      await users.update(ADA, { firstName: 'Ada', lastName: 'Byron' }, CONTEXT);

      expect(log.events.at(-1)?.enrichmentData).toMatchObject([{ data: { lastName: 'Byron', roles: [ADMIN] } }]);
    });

    it('when given a disabled role, then rejects', async () => {
      await roles.disable(ADMIN, CONTEXT);

      await expect(users.addRole(ADA, ADMIN, CONTEXT)).rejects.toThrow(WrongStateError);
      expect(log.events).toHaveLength(3);
    });

    it('when relieved of a role that has been disabled since, then gives it up', async () => {
      await users.addRole(ADA, ADMIN, CONTEXT);
      await roles.disable(ADMIN, CONTEXT);

      await users.removeRole(ADA, ADMIN, CONTEXT);

      expect(log.events.at(-1)).toMatchObject({ $name: 'org/iam/user/roleRemoved', roleId: ADMIN });
    });

    it('when relieved of a role that it does not hold, then rejects', async () => {
      await expect(users.removeRole(ADA, ADMIN, CONTEXT)).rejects.toThrow(WrongStateError);
    });

    it.each([
      ['that is unknown', NOBODY],
      ['that is a user', ADA],
    ])('when given or relieved of a role %s, then it is not found', async (_, id) => {
      const unknown = new NotFoundError('Role', id);

      await expect(users.addRole(ADA, id, CONTEXT)).rejects.toThrow(unknown);
      await expect(users.removeRole(ADA, id, CONTEXT)).rejects.toThrow(unknown);
    });

    it('when the role is updated as if it were a user, then is not found', async () => {
      await expect(users.update(ADMIN, { firstName: 'Ada', lastName: 'Byron' }, CONTEXT)).rejects.toThrow(
        new NotFoundError('User', ADMIN),
      );
    });
  });
});
