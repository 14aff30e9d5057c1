import { randomUUID } from 'node:crypto';

import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { DynamoMultiStreamProjectionRepository } from '../../src/event-store/projections/dynamo-multi-stream-projection.repository';
import { DynamoProjectionRepository } from '../../src/event-store/projections/dynamo-projection.repository';
import { AccountProjection, BANK_TEMPLATE, type Holding } from '../support/bank.module';
import { injectFault } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

/** An effect and its checkpoint are one write, on condition that the checkpoint still stands where it stood. */
describe('Checkpoints', () => {
  let cloud: TestCloud;
  let rows: DynamoProjectionRepository<AccountProjection>;
  let portfolios: DynamoMultiStreamProjectionRepository<Holding>;

  beforeAll(async () => {
    cloud = await startTestTables(BANK_TEMPLATE);
    const documents = documentClient(cloud.clients.dynamodb);

    rows = new DynamoProjectionRepository(documents, 'projection-accounts', AccountProjection);
    portfolios = new DynamoMultiStreamProjectionRepository(documents, {
      name: 'projection-portfolios',
      partitionKey: 'owner',
      sortKey: 'accountId',
      aggregateKey: 'accountId',
      checkpoints: 'projection-checkpoints',
    });
  });

  afterAll(() => cloud.stop());

  const accountAt = (id: string, version: number, owner: string) =>
    Object.assign(new AccountProjection(), { id, owner, version, timestamp: '2026-01-01T00:00:00.000Z' });

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

      await rows.save(accountAt(id, 1, 'First'), 0);
      await rows.save(accountAt(id, 2, 'Second'), 1);

      expect(await rows.get(id)).toEqual(accountAt(id, 2, 'Second'));
    });

    it.each([0, 1, 3])('refuses to write from %i what stands at 2, and leaves it', async (checkpoint) => {
      const id = randomUUID();

      await rows.save(accountAt(id, 2, 'Second'), 0);

      await expect(rows.save(accountAt(id, checkpoint + 1, 'Stale'), checkpoint)).rejects.toThrow(ConcurrencyError);
      expect(await rows.get(id)).toEqual(accountAt(id, 2, 'Second'));
    });

    it('is read as last written', async () => {
      expect(await inputsOf(() => rows.get(randomUUID()))).toMatchObject([{ ConsistentRead: true }]);
    });
  });

  describe('of a handler that follows another type of aggregate', () => {
    const HANDLER = 'test';
    const put = (owner: string, accountId: string, bank: string) => ({ put: { owner, accountId, bank } });

    it.each([0, 1, 3])('refuses an effect from %i when it stands at 2, whole', async (from) => {
      const [id, owner] = [randomUUID(), randomUUID()];
      const move = { handler: HANDLER, id };

      await portfolios.save([put(owner, id, 'First')], { ...move, from: 0, to: 2 });

      for (const changes of [[put(owner, id, 'Stale')], []]) {
        await expect(portfolios.save(changes, { ...move, from, to: from + 1 })).rejects.toThrow(ConcurrencyError);
      }
      expect(await portfolios.checkpoint(move)).toBe(2);
      expect(await portfolios.list(owner, { limit: 10 })).toEqual({
        items: [{ owner, accountId: id, bank: 'First' }],
        nextCursor: undefined,
      });
    });

    it('stands for itself: another handler begins at 0', async () => {
      const id = randomUUID();

      await portfolios.save([], { handler: HANDLER, id, from: 0, to: 5 });

      expect(await portfolios.checkpoint({ handler: 'another', id })).toBe(0);
      expect(await portfolios.checkpoint({ handler: HANDLER, id })).toBe(5);
    });

    it('is read as last written', async () => {
      expect(await inputsOf(() => portfolios.checkpoint({ handler: HANDLER, id: randomUUID() }))).toMatchObject([
        { ConsistentRead: true },
      ]);
    });

    it('costs one write for an event, whether it changes rows or not', async () => {
      const [id, owner] = [randomUUID(), randomUUID()];
      const move = { handler: HANDLER, id };

      expect(await inputsOf(() => portfolios.save([], { ...move, from: 0, to: 1 }))).toHaveLength(1);
      expect(
        await inputsOf(() => portfolios.save([put(owner, id, 'First')], { ...move, from: 1, to: 2 })),
      ).toHaveLength(1);
    });
  });

  it('says that there is a next page only where there is one', async () => {
    const owner = randomUUID();
    const accounts = ['a', 'b', 'c'].map((letter) => `${letter}${randomUUID().slice(1)}`);

    for (const accountId of accounts) {
      await portfolios.save([{ put: { owner, accountId } }], { handler: 'pages', id: accountId, from: 0, to: 1 });
    }

    expect((await portfolios.list(owner, { limit: 3 })).nextCursor).toBeUndefined();
    expect((await portfolios.list(owner, { limit: 2 })).nextCursor).toBe(accounts[1]);
    expect((await portfolios.list(owner, { limit: 2, cursor: accounts[1] })).items).toEqual([
      { owner, accountId: accounts[2] },
    ]);
  });
});
