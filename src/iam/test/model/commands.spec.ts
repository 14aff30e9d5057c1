import fc from 'fast-check';

import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import { DomainModel } from './domain.model';
import { OPENING, steps } from './domain.step';
import { DomainSystem, stateOf } from './domain.system';

const SEED = 20260101;
const SEQUENCES = 50;
// Milliseconds for all of them and for shrinking a counterexample.
const TIME_LIMIT = 45_000;
const MAXIMUM_COMMANDS = 40;

const EVERY_OUTCOME = {
  RegisterUser: ['AlreadyExists', 'IdTaken', 'UniqueConstraintViolated', 'ValidationFailed', 'accepted'],
  UpdateUser: ['NotFound', 'ValidationFailed', 'WrongState', 'accepted'],
  AddUserRole: ['NotFound', 'WrongState', 'accepted'],
  RemoveUserRole: ['NotFound', 'WrongState', 'accepted'],
  DisableUser: ['NotFound', 'WrongState', 'accepted'],
  CreateRole: ['AlreadyExists', 'IdTaken', 'UniqueConstraintViolated', 'ValidationFailed', 'accepted'],
  DisableRole: ['NotFound', 'WrongState', 'accepted'],
};

describe('Commands and their model', () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestTables();
  }, 30_000);

  afterAll(() => cloud.stop());

  it('agree on the outcome of every command of any sequence, and on what is so in the end', async () => {
    const outcomes: Record<string, Set<string>> = {};
    const sequences = fc.commands(
      steps((command, outcome) => {
        (outcomes[command.constructor.name] ??= new Set()).add('refused' in outcome ? outcome.refused : 'accepted');
      }),
      { maxCommands: MAXIMUM_COMMANDS, size: 'max' },
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom([], OPENING, OPENING), sequences, async (opening, sequence) => {
        const model = new DomainModel();
        const real = await DomainSystem.start(cloud);

        await fc.asyncModelRun(() => ({ model, real }), [...opening, ...sequence]);
        expect(await real.state()).toEqual(stateOf(model));
      }),
      { seed: SEED, numRuns: SEQUENCES, interruptAfterTimeLimit: TIME_LIMIT, markInterruptAsFailure: true },
    );

    const reached = Object.entries(outcomes).map(([command, codes]) => [command, [...codes].sort()]);

    expect(Object.fromEntries(reached)).toEqual(EVERY_OUTCOME);
  }, 60_000);
});
