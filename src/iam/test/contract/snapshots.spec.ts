import '../../../../test/support/environment';

import { randomUUID } from 'node:crypto';

import { given } from '../../../../test/support/aggregate-spec';
import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import { logger } from '../../../app/logging/logger';
import type { Aggregate, AggregateClass } from '../../../event-store/aggregates/aggregate';
import { documentClient } from '../../../event-store/dynamo/document-client';
import type { Event } from '../../../event-store/events/event';
import { DynamoSnapshotStore } from '../../../event-store/snapshots/dynamo-snapshot-store';
import { RoleCreated } from '../../role/events/role-created';
import { RoleDisabled } from '../../role/events/role-disabled';
import { Role } from '../../role/models/role';
import { User } from '../../user/models/user';
import { lifeOf } from '../support/user-life';

const [ID, ROLE_ID] = ['5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04', '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02'];

type Life = readonly [Event, ...Event[]];

const USER = { type: User as AggregateClass<Aggregate>, life: lifeOf(ID, ROLE_ID) as unknown as Life };
const ROLE = {
  type: Role as AggregateClass<Aggregate>,
  life: [new RoleCreated(ID, 'Admin'), new RoleDisabled(ID)] as Life,
};

describe('Snapshots of users and roles', () => {
  let cloud: TestCloud;
  let store: DynamoSnapshotStore;

  beforeAll(async () => {
    cloud = await startTestTables();
    store = new DynamoSnapshotStore(documentClient(cloud.clients.dynamodb), 'snapshots', logger);
  });

  afterAll(() => cloud.stop());

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
});
