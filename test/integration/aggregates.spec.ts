import '../support/environment';

import { randomUUID } from 'node:crypto';

import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { WrongStateError } from '../../src/shared-kernel/errors/wrong-state.error';
import type { AggregateRepository } from '../../src/event-store/aggregates/aggregate.repository';
import { CreateRole } from '../../src/iam/role/commands/create-role.command';
import { DisableRole } from '../../src/iam/role/commands/disable-role.command';
import { AddUserRole } from '../../src/iam/user/commands/add-user-role.command';
import { DisableUser } from '../../src/iam/user/commands/disable-user.command';
import { RegisterUser } from '../../src/iam/user/commands/register-user.command';
import { RemoveUserRole } from '../../src/iam/user/commands/remove-user-role.command';
import { UpdateUser } from '../../src/iam/user/commands/update-user.command';
import { UserUpdated } from '../../src/iam/user/events/user-updated';
import type { User } from '../../src/iam/user/models/user';
import { UserRepository } from '../../src/iam/user/services/user.repository';
import { IamApplication } from '../../src/iam/test/support/iam-application';
import { CONTEXT, recorded } from '../support/events';
import { injectFault } from '../support/faults';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

describe('The write side', () => {
  let cloud: TestCloud;
  /** Two Lambda instances: each has a container, and aggregates, of its own. */
  let one: IamApplication;
  let other: IamApplication;

  beforeAll(async () => {
    cloud = await startTestCloud();
    one = new IamApplication(cloud);
    other = new IamApplication(cloud);
  });

  afterAll(() => cloud.stop());

  const update = (by: IamApplication, id: string, name = 'Ada') =>
    by.app.dispatch(new UpdateUser(id, name, 'Byron'), CONTEXT);

  async function registered(): Promise<string> {
    const id = randomUUID();

    await one.app.dispatch(new RegisterUser(id, `${id}@domain.com`), CONTEXT);
    return id;
  }

  /** What DynamoDB is asked for while work goes on; requests that are under way together stand together. */
  async function requestsOf(work: () => Promise<unknown>): Promise<string[][]> {
    const trips: string[][] = [];
    let underWay = 0;
    const mend = injectFault(cloud.clients.dynamodb, async ({ command, send }) => {
      if (underWay++ === 0) {
        trips.push([]);
      }
      trips.at(-1)!.push(command);
      try {
        return await send();
      } finally {
        underWay--;
      }
    });

    try {
      await work();
    } finally {
      mend();
    }
    return trips.map((trip) => trip.sort());
  }

  const LOAD = ['GetItemCommand', 'QueryCommand'];
  const APPEND = ['PutItemCommand'];

  describe('given a command on one aggregate', () => {
    it('asks twice when the aggregate is not at hand: snapshot and newest events at once, then the append', async () => {
      const id = await registered();

      expect(await requestsOf(() => update(other, id))).toEqual([LOAD, APPEND]);
    });

    it('asks once when it is', async () => {
      const id = await registered();

      expect(await requestsOf(() => update(one, id))).toEqual([APPEND]);
      expect(await requestsOf(() => update(one, id))).toEqual([APPEND]);
    });

    it('asks three times when what is at hand is stale', async () => {
      const id = await registered();

      await update(other, id);

      expect(await requestsOf(() => update(one, id))).toEqual([APPEND, LOAD, APPEND]);
      expect(await requestsOf(() => update(one, id))).toEqual([APPEND]);
    });
  });

  describe('given two instances that work against each other', () => {
    it('loses nothing when they take turns', async () => {
      const id = await registered();
      const versions: number[] = [];

      for (let turn = 0; turn < 10; turn++) {
        versions.push((await update(turn % 3 === 0 ? one : other, id)).version);
      }

      expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect((await one.log.read(id)).map(({ $version }) => $version)).toEqual([1, ...versions]);
    });

    it('refuses nothing for what a copy says: a role that the other instance has taken away can be added', async () => {
      const [id, roleId] = [await registered(), randomUUID()];

      await one.app.dispatch(new CreateRole(roleId, 'Admin'), CONTEXT);
      await one.app.dispatch(new AddUserRole(id, roleId), CONTEXT);
      await other.app.dispatch(new RemoveUserRole(id, roleId), CONTEXT);

      expect(await one.app.dispatch(new AddUserRole(id, roleId), CONTEXT)).toEqual({ id, version: 4 });
    });

    it('accepts nothing for what a copy says: a user whom the other instance has disabled takes no changes', async () => {
      const id = await registered();

      await other.app.dispatch(new DisableUser(id), CONTEXT);

      await expect(update(one, id)).rejects.toThrow(WrongStateError);
      expect(await one.log.read(id)).toHaveLength(2);
    });

    it('reads what is only consulted: a role that the other instance has disabled cannot be added', async () => {
      const [id, roleId] = [await registered(), randomUUID()];

      await one.app.dispatch(new CreateRole(roleId, 'Auditor'), CONTEXT);
      await other.app.dispatch(new DisableRole(roleId), CONTEXT);

      await expect(one.app.dispatch(new AddUserRole(id, roleId), CONTEXT)).rejects.toThrow(WrongStateError);
    });
  });

  describe('given a user of 250 events', () => {
    let id: string;

    beforeEach(async () => {
      id = await registered();
      await one.store(
        ...Array.from({ length: 249 }, (_, index) =>
          recorded(new UserUpdated(id, 'Ada', index === 248 ? 'Lovelace' : 'Byron'), index + 2),
        ),
      );
    });

    const users = (by: IamApplication) => by.app.get<AggregateRepository<User>>(UserRepository);

    async function withoutSnapshots(): Promise<void> {
      const { Items = [] } = await one.documents.send(new ScanCommand({ TableName: 'snapshots' }));

      for (const { id: key } of Items) {
        await one.documents.send(new DeleteCommand({ TableName: 'snapshots', Key: { id: key as string } }));
      }
    }

    it('asks for no more of it than of a short one once it has a snapshot', async () => {
      expect(await requestsOf(() => users(one).load(id))).toEqual([LOAD, ['QueryCommand']]);
      await users(one).snapshot(id);

      expect(await requestsOf(() => users(one).load(id))).toEqual([LOAD]);
    });

    it('is the same with all snapshots deleted', async () => {
      await users(one).snapshot(id);
      const before = await users(one).load(id);
      const answer = await update(one, id);

      await withoutSnapshots();

      expect(before).toMatchObject({ version: 250, lastName: 'Lovelace', email: `${id}@domain.com` });
      expect(answer).toEqual({ id, version: 251 });
      expect(await users(other).load(id)).toMatchObject({ version: 251, lastName: 'Byron' });
      expect(await update(other, id)).toEqual({ id, version: 252 });
      await expect(users(one).load(randomUUID())).rejects.toThrow(NotFoundError);
    });
  });
});
