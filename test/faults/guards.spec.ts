import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { APPEND_GUARDS } from './append-guards';
import { DELIVERY_GUARDS } from './delivery-guards';
import { type Guard, healing, violations } from './guard';
import { PROJECTION_GUARDS } from './projection-guards';
import { runFaults } from './run';

const SEEDS = 8;
const COMMANDS = 50;
const RATE = 0.3;

const ALL_ON = { sendsInOrder: true, retriesConflicts: true };
const mockGuards = { ...ALL_ON };

jest.mock('../../src/event-store/delivery/send-in-order', () => {
  const actual = jest.requireActual<typeof import('../../src/event-store/delivery/send-in-order')>(
    '../../src/event-store/delivery/send-in-order',
  );

  return {
    ...actual,
    sendInOrder: <T>(
      entries: readonly T[],
      sending: import('../../src/event-store/delivery/send-in-order').Sending<T>,
    ) =>
      actual.sendInOrder(entries, {
        ...sending,
        groupOf: (entry) => (mockGuards.sendsInOrder ? sending.groupOf(entry) : (entry as never)),
      }),
  };
});

jest.mock('../../src/event-store/retry-on-conflict', () => {
  const actual = jest.requireActual<typeof import('../../src/event-store/retry-on-conflict')>(
    '../../src/event-store/retry-on-conflict',
  );

  return {
    ...actual,
    retryOnConflict: <T>(...retry: Parameters<typeof actual.retryOnConflict<T>>) =>
      mockGuards.retriesConflicts ? actual.retryOnConflict(...retry) : retry[0](),
  };
});

describe('The fault suite', () => {
  jest.setTimeout(60_000);
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterEach(() => {
    Object.assign(mockGuards, ALL_ON);
  });

  afterAll(() => cloud.stop());

  /** Runs seeds until one brings it to light; with the guard, the same run has nothing to notice. */
  async function expectNoticed({ mutation, notice, run }: Pick<Guard, 'mutation' | 'notice' | 'run'>): Promise<void> {
    const { seed: first = 1 } = run;

    for (let seed = first; seed < first + SEEDS; seed++) {
      const options = { commands: COMMANDS, rate: RATE, ...run, seed };

      if (notice(await runFaults(cloud, { ...options, mutation })) > 0) {
        Object.assign(mockGuards, ALL_ON);
        expect(notice(await runFaults(cloud, options))).toBe(0);
        return;
      }
    }
    throw new Error(`Nothing notices it in ${SEEDS} seeds from ${first} on.`);
  }

  it.each([...APPEND_GUARDS, ...DELIVERY_GUARDS, ...PROJECTION_GUARDS])(
    'rule $rule: given not that $guard, then notices it',
    expectNoticed,
  );

  it('rule append: given not that a conflict is tried again, then notices it', async () => {
    mockGuards.retriesConflicts = false;
    await expectNoticed({
      mutation: {},
      notice: violations,
      run: { kinds: ['condition failed', 'conflict as exception'] },
    });
  });

  it('rules 1 and 3: given not that events of one aggregate are sent one after another, then notices it', async () => {
    mockGuards.sendsInOrder = false;
    await expectNoticed({
      mutation: {},
      notice: healing,
      run: { kinds: ['partial PutRecords', 'partial SendMessageBatch', 'late'] },
    });
  });
});
