import { randomUUID } from 'node:crypto';

import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { DynamoMultiStreamProjectionRepository } from '../../src/event-store/projections/dynamo-multi-stream-projection.repository';
import { DynamoProjectionRepository } from '../../src/event-store/projections/dynamo-projection.repository';
import type { Membership } from '../../src/iam/membership/projections/membership.projection';
import { RoleProjection } from '../../src/iam/role/projections/role.projection';
import { injectFault } from '../support/faults';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

/** An effect and its checkpoint are one write, on condition that the checkpoint still stands where it stood. */
describe('Checkpoints', () => {
  let cloud: TestCloud;
  let rows: DynamoProjectionRepository<RoleProjection>;
  let memberships: DynamoMultiStreamProjectionRepository<Membership>;

  beforeAll(async () => {
    cloud = await startTestCloud();
    const documents = documentClient(cloud.clients.dynamodb);

    rows = new DynamoProjectionRepository(documents, 'projection-roles', RoleProjection);
    memberships = new DynamoMultiStreamProjectionRepository(documents, {
      name: 'projection-role-users',
      partitionKey: 'roleId',
      sortKey: 'userId',
      aggregateKey: 'userId',
      checkpoints: 'projection-checkpoints',
    });
  });

  afterAll(() => cloud.stop());

  const roleAt = (id: string, version: number, name: string) =>
    Object.assign(new RoleProjection(), { id, name, version, timestamp: '2026-01-01T00:00:00.000Z' });

  /** Keeps the inputs of requests while `work` runs. */
  async function inputsOf(work: () => Promise<unknown>): Promise<unknown[]> {
    const inputs: unknown[] = [];
    const mend = injectFault(cloud.clients.dynamodb, ({ input, send }) => {
      inputs.push(input);
      return send();
    });

    await work();
    mend();
    return inputs;
  }

  describe('of a row', () => {
    it('lets a row be written from where it stood', async () => {
      const id = randomUUID();

      await rows.save(roleAt(id, 1, 'First'), 0);
      await rows.save(roleAt(id, 2, 'Second'), 1);

      expect(await rows.get(id)).toEqual(roleAt(id, 2, 'Second'));
    });

    it.each([0, 1, 3])('refuses to write from %i what stands at 2, and leaves it', async (checkpoint) => {
      const id = randomUUID();

      await rows.save(roleAt(id, 2, 'Second'), 0);

      await expect(rows.save(roleAt(id, checkpoint + 1, 'Stale'), checkpoint)).rejects.toThrow(ConcurrencyError);
      expect(await rows.get(id)).toEqual(roleAt(id, 2, 'Second'));
    });

    it('is read as last written', async () => {
      expect(await inputsOf(() => rows.get(randomUUID()))).toMatchObject([{ ConsistentRead: true }]);
    });
  });

  describe('of a handler that follows another type of aggregate', () => {
    const HANDLER = 'test';
    const put = (roleId: string, userId: string, email: string) => ({ put: { roleId, userId, email } });

    it.each([0, 1, 3])('refuses an effect from %i when it stands at 2, whole', async (from) => {
      const [id, roleId] = [randomUUID(), randomUUID()];
      const move = { handler: HANDLER, id };

      await memberships.save([put(roleId, id, 'first@domain.com')], { ...move, from: 0, to: 2 });

      for (const changes of [[put(roleId, id, 'stale@domain.com')], []]) {
        await expect(memberships.save(changes, { ...move, from, to: from + 1 })).rejects.toThrow(ConcurrencyError);
      }
      expect(await memberships.checkpoint(move)).toBe(2);
      expect(await memberships.list(roleId, { limit: 10 })).toEqual({
        items: [{ roleId, userId: id, email: 'first@domain.com' }],
        nextCursor: undefined,
      });
    });

    it('stands for itself: another handler begins at 0', async () => {
      const id = randomUUID();

      await memberships.save([], { handler: HANDLER, id, from: 0, to: 5 });

      expect(await memberships.checkpoint({ handler: 'another', id })).toBe(0);
      expect(await memberships.checkpoint({ handler: HANDLER, id })).toBe(5);
    });

    it('is read as last written', async () => {
      expect(await inputsOf(() => memberships.checkpoint({ handler: HANDLER, id: randomUUID() }))).toMatchObject([
        { ConsistentRead: true },
      ]);
    });

    it('costs one write for an event, whether it changes rows or not', async () => {
      const [id, roleId] = [randomUUID(), randomUUID()];
      const move = { handler: HANDLER, id };

      expect(await inputsOf(() => memberships.save([], { ...move, from: 0, to: 1 }))).toHaveLength(1);
      expect(
        await inputsOf(() => memberships.save([put(roleId, id, 'a@domain.com')], { ...move, from: 1, to: 2 })),
      ).toHaveLength(1);
    });
  });

  it('says that there is a next page only where there is one', async () => {
    const roleId = randomUUID();
    const users = ['a', 'b', 'c'].map((letter) => `${letter}${randomUUID().slice(1)}`);

    for (const userId of users) {
      await memberships.save([{ put: { roleId, userId } }], { handler: 'pages', id: userId, from: 0, to: 1 });
    }

    expect((await memberships.list(roleId, { limit: 3 })).nextCursor).toBeUndefined();
    expect((await memberships.list(roleId, { limit: 2 })).nextCursor).toBe(users[1]);
    expect((await memberships.list(roleId, { limit: 2, cursor: users[1] })).items).toEqual([
      { roleId, userId: users[2] },
    ]);
  });
});
