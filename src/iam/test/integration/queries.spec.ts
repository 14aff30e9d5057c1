import { randomUUID } from 'node:crypto';

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';

import type { Page, PageRequest } from '../../../event-store/projections/page';
import type { UserProjection } from '../../user/projections/user.projection';
import { IamApplication } from '../support/iam-application';
import { startTestCloud, type TestCloud } from '../../../../test/support/test-cloud';

describe('Lists', () => {
  let cloud: TestCloud;
  let system: IamApplication;

  beforeAll(async () => {
    cloud = await startTestCloud();
    system = new IamApplication(cloud);
  });

  afterAll(() => cloud.stop());

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
          .map((batch) => system.documents.send(new BatchWriteCommand({ RequestItems: { 'projection-user': batch } }))),
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
