import '../support/environment';

import { randomUUID } from 'node:crypto';

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { logger } from '../../src/app/logging/logger';
import type { Aggregate, AggregateClass } from '../../src/event-store/aggregates/aggregate';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { Event } from '../../src/event-store/events/event';
import { DynamoSnapshotStore } from '../../src/event-store/snapshots/dynamo-snapshot-store';
import { RoleCreated } from '../../src/iam/role/events/role-created';
import { RoleDisabled } from '../../src/iam/role/events/role-disabled';
import { Role } from '../../src/iam/role/models/role';
import { User } from '../../src/iam/user/models/user';
import { given } from '../support/aggregate-spec';
import { injectFault } from '../support/faults';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { lifeOf } from '../../src/iam/test/support/user-life';

const [ID, ROLE_ID] = ['5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04', '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02'];

type Life = readonly [Event, ...Event[]];

const USER = { type: User as AggregateClass<Aggregate>, life: lifeOf(ID, ROLE_ID) as unknown as Life };
const ROLE = {
  type: Role as AggregateClass<Aggregate>,
  life: [new RoleCreated(ID, 'Admin'), new RoleDisabled(ID)] as Life,
};

describe('Snapshots', () => {
  let cloud: TestCloud;
  let documents: DynamoDBDocumentClient;
  let store: DynamoSnapshotStore;

  beforeAll(async () => {
    cloud = await startTestCloud();
    documents = documentClient(cloud.clients.dynamodb);
    store = new DynamoSnapshotStore(documents, 'snapshots', logger);
  });

  afterAll(() => cloud.stop());

  function snapshot(id: string, version: number, stateVersion = 1) {
    return { id, version, aggregateType: 'org/iam/user', stateVersion, state: { email: `${version}@domain.com` } };
  }

  // What a snapshot holds outlives the code that wrote it: with a change here the type's stateVersion goes up.
  it.each([
    [
      { ...USER, life: USER.life.slice(0, 4) as unknown as Life },
      1,
      { email: `${ID}@domain.com`, firstName: 'Ada', lastName: 'Lovelace', roles: [ROLE_ID], disabled: false },
    ],
    [ROLE, 1, { name: 'Admin', disabled: true }],
  ])('hold of $type.name, at this version of its state, just this', ({ type, life }, stateVersion, state) => {
    expect([type.stateVersion, given(type, ...life).state]).toEqual([stateVersion, state]);
  });

  it.each([USER, ROLE])('bring $type.name back as it was after each event of its life', async ({ type, life }) => {
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
      Promise.reject(Object.assign(new Error('no such table'), { name: 'ResourceNotFoundException' })),
    );

    expect(await store.find(id)).toBeUndefined();
    await expect(store.save(snapshot(id, 200))).rejects.toThrow('no such table');
    mend();
  });
});
