import '../support/environment';

import { randomUUID } from 'node:crypto';

import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { logger } from '../../src/app/logging/logger';
import type { Aggregate, AggregateClass } from '../../src/event-store/aggregates/aggregate';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { Event } from '../../src/event-store/events/event';
import { DynamoSnapshotStore } from '../../src/event-store/snapshots/dynamo-snapshot-store';
import { Account, AccountDeposited, AccountOpened } from '../support/account';
import { given } from '../support/aggregate-spec';
import { Branch, BranchClosed, BranchOpened } from '../support/branch';
import { injectFault } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

type Life = readonly [Event, ...Event[]];

const ACCOUNT = {
  type: Account as AggregateClass<Aggregate>,
  life: [new AccountOpened(ID, 'Ada'), new AccountDeposited(ID, 5), new AccountDeposited(ID, 7)] as Life,
};
const BRANCH = {
  type: Branch as AggregateClass<Aggregate>,
  life: [new BranchOpened(ID, 'Turin'), new BranchClosed(ID)] as Life,
};

describe('Snapshots', () => {
  let cloud: TestCloud;
  let documents: DynamoDBDocumentClient;
  let store: DynamoSnapshotStore;

  beforeAll(async () => {
    cloud = await startTestTables();
    documents = documentClient(cloud.clients.dynamodb);
    store = new DynamoSnapshotStore(documents, 'snapshots', logger);
  });

  afterAll(() => cloud.stop());

  function snapshot(id: string, version: number, stateVersion = 1) {
    return { id, version, aggregateType: 'org/bank/account', stateVersion, state: { owner: 'Ada', balance: version } };
  }

  it.each([ACCOUNT, BRANCH])('bring $type.name back as it was after each event of its life', async ({ type, life }) => {
    for (let version = 1; version <= life.length; version++) {
      const replayed = given(type, ...(life.slice(0, version) as unknown as Life));
      const [id, { aggregateType, stateVersion }] = [randomUUID(), type];

      replayed.clearChanges();
      await store.save({ id, version, aggregateType, stateVersion, state: replayed.state });
      const restored = new type(ID);
      restored.restore((await store.find(id))!.state, version);

      expect(restored).toEqual(replayed);
    }
  });

  it('are found as they were saved; there is none of what has none', async () => {
    const id = randomUUID();

    expect(await store.find(id)).toBeUndefined();
    await store.save(snapshot(id, 100));
    expect(await store.find(id)).toEqual(snapshot(id, 100));
  });

  it.each([
    ['in their order', [100, 200]],
    ['the other way round', [200, 100]],
    ['at once', [100, 200, 100, 200, 100]],
  ])('saved %s, the newest wins', async (_, versions) => {
    const id = randomUUID();

    if (versions.length > 2) {
      await Promise.all(versions.map((version) => store.save(snapshot(id, version))));
    }
    for (const version of versions) {
      await store.save(snapshot(id, version));
    }

    expect(await store.find(id)).toEqual(snapshot(id, 200));
  });

  it('of another state version give way, whatever theirs', async () => {
    const id = randomUUID();

    await store.save(snapshot(id, 200, 1));
    await store.save(snapshot(id, 100, 2));

    expect(await store.find(id)).toEqual(snapshot(id, 100, 2));
  });

  it('that cannot be read are none', async () => {
    const id = randomUUID();

    await store.save(snapshot(id, 100));
    const mend = injectFault(documents, () =>
      Promise.reject(new ResourceNotFoundException({ message: 'no such table', $metadata: {} })),
    );

    expect(await store.find(id)).toBeUndefined();
    await expect(store.save(snapshot(id, 200))).rejects.toThrow('no such table');
    mend();
  });
});
