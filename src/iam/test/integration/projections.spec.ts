import { randomUUID } from 'node:crypto';

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';

import { recorded } from '../../../../test/support/events';
import { type Attempt, injectFault, lostAnswer } from '../../../../test/support/faults';
import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import type { Event } from '../../../event-store/events/event';
import type { Page, PageRequest } from '../../../event-store/projections/page';
import { RoleCreated } from '../../role/events/role-created';
import { RoleDisabled } from '../../role/events/role-disabled';
import { Role } from '../../role/models/role';
import { UserDisabled } from '../../user/events/user-disabled';
import { UserRegistered } from '../../user/events/user-registered';
import { UserRoleAdded } from '../../user/events/user-role-added';
import { UserRoleRemoved } from '../../user/events/user-role-removed';
import { UserUpdated } from '../../user/events/user-updated';
import { User } from '../../user/models/user';
import type { UserProjection } from '../../user/projections/user.projection';
import { UserRoleAddedEnricher } from '../../user/services/user-role-added.enricher';
import { UserUpdatedEnricher } from '../../user/services/user-updated.enricher';
import { IamApplication } from '../support/iam-application';
import { lifeOf } from '../support/user-life';

describe('Projections', () => {
  let cloud: TestCloud;
  let system: IamApplication;

  beforeAll(async () => {
    cloud = await startTestTables();
    system = new IamApplication(cloud);
  });

  afterAll(() => cloud.stop());

  /** A life whose events are in the log, and not delivered yet. */
  async function storedLife() {
    const [id, roleId] = [randomUUID(), randomUUID()];
    const events = lifeOf(id, roleId);

    await system.store(...events);
    return { id, roleId, events };
  }

  describe('given each event delivered once, in order', () => {
    it('shows the user and the role as the events made them', async () => {
      const { id, roleId, events } = await storedLife();

      for (const event of events.slice(0, 4)) {
        expect(await system.deliver(event)).toEqual([]);
      }

      expect(await system.users.get(id)).toEqual({
        id,
        email: `${id}@domain.com`,
        firstName: 'Ada',
        lastName: 'Lovelace',
        roles: [{ id: roleId, name: 'Admin' }],
        disabled: false,
        version: 4,
        timestamp: '2026-01-01T00:00:04.000Z',
      });
      expect(await system.usersOf(roleId)).toEqual([
        { id, firstName: 'Ada', lastName: 'Lovelace', email: `${id}@domain.com` },
      ]);
    });

    it('follows to the end of a life', async () => {
      const { id, roleId, events } = await storedLife();

      expect(await system.deliver(...events)).toEqual([]);

      expect(await system.users.get(id)).toMatchObject({ roles: [], disabled: true, version: 6 });
      expect(await system.usersOf(roleId)).toEqual([]);
    });

    it('shows a role', async () => {
      const id = randomUUID();

      await system.deliver(recorded(new RoleCreated(id, 'Auditor'), 1), recorded(new RoleDisabled(id), 2));

      expect(await system.roles.get(id)).toEqual({
        id,
        name: 'Auditor',
        disabled: true,
        version: 2,
        timestamp: '2026-01-01T00:00:02.000Z',
      });
    });
  });

  describe('given events delivered again', () => {
    it('applies none twice', async () => {
      const { id, roleId, events } = await storedLife();
      const upToRole = events.slice(0, 3);

      await system.deliver(...upToRole);
      await system.deliver(...upToRole);
      await system.deliver(...upToRole.toReversed());

      expect(await system.users.get(id)).toMatchObject({ roles: [{ id: roleId, name: 'Admin' }], version: 3 });
      expect(await system.membershipCheckpoint(id)).toBe(3);
    });

    it('does not bring back what a later event took away', async () => {
      const { id, roleId, events } = await storedLife();

      await system.deliver(...events);
      await system.deliver(events[2]);

      expect(await system.usersOf(roleId)).toEqual([]);
      expect(await system.users.get(id)).toMatchObject({ roles: [], version: 6 });
    });

    it('applies one once when it is delivered many times at the same moment', async () => {
      const { id, roleId, events } = await storedLife();

      await system.deliver(...events.slice(0, 2));
      const failures = await Promise.all(Array.from({ length: 6 }, () => system.deliver(events[2])));

      expect(failures.flat()).toEqual([]);
      expect(await system.users.get(id)).toMatchObject({ roles: [{ id: roleId, name: 'Admin' }], version: 3 });
    });
  });

  describe('given an event ahead of what was delivered', () => {
    it('reads what is missing from the log and applies it first', async () => {
      const { id, roleId, events } = await storedLife();

      expect(await system.deliver(events[3])).toEqual([]);

      expect(await system.users.get(id)).toMatchObject({ roles: [{ id: roleId }], lastName: 'Lovelace', version: 4 });
      expect(await system.usersOf(roleId)).toEqual([
        { id, firstName: 'Ada', lastName: 'Lovelace', email: `${id}@domain.com` },
      ]);
    });

    it('acknowledges the late ones when they come at last', async () => {
      const { id, events } = await storedLife();

      await system.deliver(events[5]);
      expect(await system.deliver(...events.toReversed())).toEqual([]);

      expect(await system.users.get(id)).toMatchObject({ roles: [], disabled: true, version: 6 });
    });

    it('costs the memberships no write for events that they do not handle', async () => {
      const { id, events } = await storedLife();

      await system.deliver(events[0]);
      expect(await system.membershipCheckpoint(id)).toBeUndefined();
      await system.deliver(events[1]);
      expect(await system.membershipCheckpoint(id)).toBe(2);
    });

    it('refuses it only where the log itself has a hole, and goes on once that is mended', async () => {
      const [id, roleId] = [randomUUID(), randomUUID()];
      const events = lifeOf(id, roleId);

      await system.store(events[0]!, events[2]!);
      expect(await system.deliver(events[2])).toEqual([0]);
      expect(await system.users.get(id)).toBeUndefined();
      expect(await system.usersOf(roleId)).toEqual([]);

      await system.store(events[1]!);
      expect(await system.deliver(events[2])).toEqual([]);
      expect(await system.users.get(id)).toMatchObject({ firstName: 'Ada', version: 3 });
      expect(await system.usersOf(roleId)).toHaveLength(1);
    });
  });

  describe('given a write whose answer is lost after it took effect', () => {
    it.each(['PutItemCommand', 'TransactWriteItemsCommand'])('applies the event once (%s)', async (command) => {
      const { id, roleId, events } = await storedLife();
      let isLost = false;
      const mend = injectFault(cloud.clients.dynamodb, async (attempt: Attempt) => {
        const answer = await attempt.send();

        if (attempt.command === command && !isLost) {
          isLost = true;
          throw lostAnswer();
        }
        return answer;
      });

      try {
        expect(await system.deliver(...events.slice(0, 3))).toEqual([]);
      } finally {
        mend();
      }

      expect(isLost).toBe(true);
      expect(await system.users.get(id)).toMatchObject({ roles: [{ id: roleId, name: 'Admin' }], version: 3 });
      expect(await system.membershipCheckpoint(id)).toBe(3);
    });

    it('leaves nothing half done when the write of an effect fails', async () => {
      const { id, roleId, events } = await storedLife();
      const mend = injectFault(cloud.clients.dynamodb, async ({ command, send }) => {
        if (command === 'TransactWriteItemsCommand') {
          throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
        }
        return send();
      });

      try {
        expect(await system.deliver(...events.slice(0, 3))).toEqual([2]);
      } finally {
        mend();
      }

      expect(await system.membershipCheckpoint(id)).toBe(2);
      expect(await system.usersOf(roleId)).toEqual([]);
      expect(await system.deliver(events[2])).toEqual([]);
      expect(await system.usersOf(roleId)).toHaveLength(1);
    });
  });

  describe('given events of different aggregates in any order', () => {
    it('writes a membership before the role itself is projected, and the role answers once it is', async () => {
      const { id, roleId, events } = await storedLife();

      await system.deliver(...events.slice(0, 3));
      expect(await system.roleQueries.get(roleId, { limit: 10 })).toBeUndefined();

      await system.deliver(recorded(new RoleCreated(roleId, 'Admin'), 1));
      expect(await system.roleQueries.get(roleId, { limit: 10 })).toMatchObject({
        role: { id: roleId, name: 'Admin' },
        users: { items: [{ id }], nextCursor: undefined },
      });
    });
  });

  describe('given a user in several roles', () => {
    it('renames the user in each with one event', async () => {
      const id = randomUUID();
      const roleIds = Array.from({ length: 50 }, () => randomUUID());
      const user = User.register(id, 'many@domain.com');

      roleIds.forEach((roleId) => {
        new UserRoleAddedEnricher(user, Role.create(roleId, 'Admin')).enrich(user.addRole(roleId));
      });
      new UserUpdatedEnricher(user).enrich(user.update('Grace', 'Hopper'));
      const events = user.recorded.map((event) => recorded(event, event.$version));

      await system.store(...events);
      expect(await system.deliver(events.at(-1))).toEqual([]);

      for (const roleId of [roleIds[0]!, roleIds[49]!]) {
        expect(await system.usersOf(roleId)).toEqual([
          { id, firstName: 'Grace', lastName: 'Hopper', email: 'many@domain.com' },
        ]);
      }
    });
  });

  describe('given a log from before enrichment data, event ids and correlation', () => {
    it('projects and goes on', async () => {
      const [id, roleId] = [randomUUID(), randomUUID()];
      const old = [
        new UserRegistered(id, 'old@domain.com'),
        new UserUpdated(id, 'Old', 'Hand'),
        new UserRoleAdded(id, roleId),
        new UserRoleRemoved(id, roleId),
        new UserDisabled(id),
      ].map((event, index) => {
        const { enrichmentData, ...data } = { ...event, $version: index + 1, timestamp: '2019-12-30T22:33:01.788Z' };

        expect(enrichmentData).toEqual([]);
        return data as Event;
      });

      await system.store(...old);
      expect(await system.deliver(old[4])).toEqual([]);

      expect(await system.users.get(id)).toMatchObject({ firstName: 'Old', roles: [], disabled: true, version: 5 });
    });
  });

  describe('given a message that is no event', () => {
    it('fails it alone', async () => {
      const { id, events } = await storedLife();

      expect(await system.deliver('not JSON', events[0], '{}', 'null')).toEqual([0, 2, 3]);
      expect(await system.users.get(id)).toMatchObject({ version: 1 });
    });
  });

  describe('given lists', () => {
    async function putUsers(emails: readonly string[]): Promise<void> {
      const requests = emails.map((email) => ({
        PutRequest: { Item: { id: randomUUID(), email, roles: [], disabled: false, version: 1, timestamp: '' } },
      }));
      // A batch takes 25.
      const batches = Array.from({ length: Math.ceil(requests.length / 25) }, (_, n) =>
        requests.slice(n * 25, n * 25 + 25),
      );

      for (let n = 0; n < batches.length; n += 8) {
        await Promise.all(
          batches
            .slice(n, n + 8)
            .map((batch) =>
              system.documents.send(new BatchWriteCommand({ RequestItems: { 'projection-user': batch } })),
            ),
        );
      }
    }

    async function allPages(list: (request: PageRequest) => Promise<Page<UserProjection>>, limit: number) {
      const pages: Page<UserProjection>[] = [];

      do {
        pages.push(await list({ limit, cursor: pages.at(-1)?.nextCursor }));
      } while (pages.at(-1)?.nextCursor !== undefined);
      return pages;
    }

    describe('given 10,050 users', () => {
      beforeAll(async () => {
        await putUsers([
          ...Array.from({ length: 10_043 }, (_, n) => `${n}@domain.com`),
          ...Array.from({ length: 7 }, (_, n) => `${n}@rare.com`),
        ]);
      }, 30_000);

      const rare = { property: 'email', value: '@rare' };

      it('answers exactly the limit while there are more', async () => {
        const { items, nextCursor } = await system.users.list({ limit: 100 });

        expect(items).toHaveLength(100);
        expect(nextCursor).toBe(items[99]!.id);
      });

      it('examines at most 10,000 for a filtered request, and says where to go on', async () => {
        const { items, nextCursor } = await system.users.list({ limit: 10 }, { property: 'email', value: 'nobody' });

        expect(items).toEqual([]);
        expect(nextCursor).toBeDefined();
        expect(
          await system.users.list({ limit: 10, cursor: nextCursor }, { property: 'email', value: 'nobody' }),
        ).toEqual({
          items: [],
          nextCursor: undefined,
        });
      });

      it.each([1, 3, 7, 100])('finds each user that the filter lets through once, %i at a time', async (limit) => {
        const pages = await allPages((request) => system.users.list(request, rare), limit);
        const emails = pages.flatMap(({ items }) => items.map(({ email }) => email));

        expect(emails.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `${n}@rare.com`));
        expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
      });

      it('compares letter by letter', async () => {
        const { items } = await system.users.list({ limit: 10 }, { property: 'email', value: '@RARE' });

        expect(items).toEqual([]);
      });
    });
  });
});
