import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { APPEND_GUARDS } from './append-guards';
import { DELIVERY_GUARDS } from './delivery-guards';
import { expectNoticed, healing, violations } from './guard';
import { PROJECTION_GUARDS } from './projection-guards';

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

function allOn(): void {
  Object.assign(mockGuards, ALL_ON);
}

describe('The fault suite', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(300_000);
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterEach(allOn);

  afterAll(() => cloud.stop());

  it.each([...APPEND_GUARDS, ...DELIVERY_GUARDS, ...PROJECTION_GUARDS])(
    'rule $rule: given not that $guard, then notices it',
    (guard) => expectNoticed(cloud, guard),
  );

  it('rule append: given not that a conflict is tried again, then notices it', async () => {
    mockGuards.retriesConflicts = false;
    await expectNoticed(
      cloud,
      {
        mutation: {},
        notice: violations,
        run: { kinds: ['condition failed', 'conflict as exception'] },
      },
      allOn,
    );
  });

  it('rules 1 and 3: given not that events of one aggregate are sent one after another, then notices it', async () => {
    mockGuards.sendsInOrder = false;
    await expectNoticed(
      cloud,
      {
        mutation: {},
        notice: healing,
        run: { kinds: ['partial PutRecords', 'partial SendMessageBatch', 'late'] },
      },
      allOn,
    );
  });
});
