import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { CHEAP_TRANSPORT, type Guard, GUARDS, healing, violations } from './guards';
import type { Report } from './report';
import { runFaults } from './run';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const COMMANDS = 50;
const RATE = 0.3;

const mockGuards = { sendsInOrder: true, retriesConflicts: true };

jest.mock('../../src/event-store/delivery/send-in-order', () => {
  const actual = jest.requireActual<typeof import('../../src/event-store/delivery/send-in-order')>(
    '../../src/event-store/delivery/send-in-order',
  );

  return {
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
    retryOnConflict: <T>(attempt: () => Promise<T>) =>
      mockGuards.retriesConflicts ? actual.retryOnConflict(attempt) : attempt(),
  };
});

describe('The fault suite', () => {
  jest.setTimeout(60_000);
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });

  afterEach(() => {
    Object.assign(mockGuards, { sendsInOrder: true, retriesConflicts: true });
  });

  afterAll(() => cloud.stop());

  /** Runs seeds until one brings it to light; with the guard, the same run has nothing to notice. */
  async function expectNoticed(
    { mutation, kinds, commands = COMMANDS }: Omit<Guard, 'guard'>,
    notice: (report: Report) => number,
  ): Promise<void> {
    for (const seed of SEEDS) {
      const options = { seed, commands, rate: RATE, kinds };

      if (notice(await runFaults(cloud, { ...options, mutation })) > 0) {
        Object.assign(mockGuards, { sendsInOrder: true, retriesConflicts: true });
        expect(notice(await runFaults(cloud, options))).toBe(0);
        return;
      }
    }
    throw new Error(`Nothing notices it in the seeds ${SEEDS.join()}.`);
  }

  it.each(GUARDS)('given not that $guard, then reports violations', async (guard) => {
    await expectNoticed(guard, violations);
  });

  it('given not that a conflict is tried again, then reports violations', async () => {
    mockGuards.retriesConflicts = false;
    await expectNoticed({ mutation: {}, kinds: ['condition failed', 'conflict as exception'] }, violations);
  });

  it.each(CHEAP_TRANSPORT)('given not that $guard, then reports what it costs', async ({ notice, ...guard }) => {
    await expectNoticed(guard, notice);
  });

  it('given not that events of one aggregate are sent one after another, then reports what it costs', async () => {
    mockGuards.sendsInOrder = false;
    await expectNoticed({ mutation: {}, kinds: ['partial PutRecords', 'partial SendMessageBatch', 'late'] }, healing);
  });
});
