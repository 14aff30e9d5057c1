import fc from 'fast-check';

import { empty, type Row, rowsOf } from '../../../../test/support/tables';
import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import { IamApplication } from '../support/iam-application';
import type { Lives } from './lives';
import { anyScenario, type Scenario } from './scenario';

const SEED = 20260102;
const SCENARIOS = 30;
// Milliseconds for all of them and for shrinking a counterexample.
const TIME_LIMIT = 45_000;

const PROJECTIONS = ['projection-user', 'projection-roles', 'projection-role-users', 'projection-checkpoints'] as const;

type Projections = Readonly<Record<(typeof PROJECTIONS)[number], readonly Row[]>>;

describe('Projections of any lives', () => {
  let cloud: TestCloud;
  let application: IamApplication;

  beforeAll(async () => {
    cloud = await startTestTables();
    application = new IamApplication(cloud);
  }, 30_000);

  afterAll(() => cloud.stop());

  /** What batches make of nothing; the log is complete, so none of their messages may fail. */
  async function project(batches: Scenario['batches']): Promise<Projections> {
    const { documents } = application;

    await empty(documents, ...PROJECTIONS);
    for (const batch of batches) {
      expect(await application.deliver(...batch)).toEqual([]);
    }
    const tables = await Promise.all(PROJECTIONS.map(async (table) => [table, await rowsOf(documents, table)]));

    return Object.fromEntries(tables) as Projections;
  }

  it('are the same however their events are delivered, and show what the aggregates are', async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async ({ lives, streams, batches }) => {
        await empty(application.documents, 'EventLog');
        await Promise.all(streams.map((stream) => application.log.append(stream)));

        const inOrder = await project(streams.flat().map((event) => [event]));

        expect(inOrder).toMatchObject(shown(lives));
        expect(await project(batches)).toEqual(inOrder);
      }),
      { seed: SEED, numRuns: SCENARIOS, interruptAfterTimeLimit: TIME_LIMIT, markInterruptAsFailure: true },
    );
  }, 60_000);
});

/** What the rows must show of the aggregates, in the order of their keys. */
function shown({ users, roles }: Lives): Partial<Projections> {
  const nameOf = (roleId: string) => roles.find(({ id }) => id === roleId)?.name;

  return {
    'projection-user': users.map((user) => ({
      ...nameAndEmail(user),
      id: user.id,
      roles: [...user.roles].map((id) => ({ id, name: nameOf(id) })),
      disabled: user.disabled,
      version: user.version,
    })),
    'projection-roles': roles.map(({ id, name, disabled, version }) => ({ id, name, disabled, version })),
    'projection-role-users': roles.flatMap(({ id: roleId }) =>
      users.filter((user) => user.holds(roleId)).map((user) => ({ ...nameAndEmail(user), roleId, userId: user.id })),
    ),
  };
}

/** A user without a name has no such properties in a row. */
function nameAndEmail({ email, firstName, lastName }: Lives['users'][number]): Row {
  return { email, ...(firstName !== undefined && { firstName, lastName }) };
}
