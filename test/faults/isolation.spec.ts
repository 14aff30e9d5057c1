import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { expectNoticed } from './guard';
import { ISOLATION_GUARDS } from './isolation-guards';

describe('The fault suite, given one bad event, one old version or one slow call', () => {
  // Not a measure of speed: a machine may be busy.
  jest.setTimeout(300_000);
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
  });

  afterAll(() => cloud.stop());

  it.each(ISOLATION_GUARDS)('rule $rule: given not that $guard, then notices it', (guard) =>
    expectNoticed(cloud, guard),
  );
});
