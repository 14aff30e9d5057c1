import { randomUUID } from 'node:crypto';

import {
  DynamoDBClient,
  InternalServerError,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { OutcomeUnknownError } from '../../src/event-store/errors/outcome-unknown.error';
import { ThrottledError } from '../../src/event-store/errors/throttled.error';
import { DynamoEventLog } from '../../src/event-store/event-log/dynamo-event-log';
import { uniqueClaim } from '../../src/event-store/event-log/unique-claim';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import { AccountOpened } from '../support/account';
import { recorded } from '../support/events';
import { type Attempt, injectFault, lostAnswer } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

const TABLES = { events: 'EventLog', claims: 'set-validations', records: 'idempotency-records' };
const RESPONSE = { $metadata: {}, message: 'refused' };

const internal = () => new InternalServerError(RESPONSE);
const throttling = () => new ThrottlingException(RESPONSE);
const cancelled = (Code: string) => () =>
  new TransactionCanceledException({ ...RESPONSE, CancellationReasons: [{ Code }, { Code: 'None' }] });

interface Loss {
  readonly isEffective: boolean;
  readonly lost: () => Error;
  readonly refusal: () => Error;
}

describe('A write of which an attempt had no answer', () => {
  let cloud: TestCloud;
  let client: DynamoDBClient;
  let log: DynamoEventLog;

  beforeAll(async () => {
    cloud = await startTestTables();
    // Two attempts: after a throttled one, the SDK waits for a second and more.
    client = new DynamoDBClient({ maxAttempts: 2 });
    log = new DynamoEventLog(documentClient(client), TABLES, new EventRegistry([AccountOpened]));
  });

  afterAll(async () => {
    client.destroy();
    await cloud.stop();
  });

  const opened = () => {
    const id = randomUUID();

    return recorded(new AccountOpened(id, `owner of ${id}`), 1);
  };
  const claimsOf = ({ id, owner }: AccountOpened) => [uniqueClaim('bank/account#owner', owner, id)];

  /** Lets `fault` answer while `work` runs. */
  async function under<T>(fault: (attempt: Attempt) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
    const mend = injectFault(client, fault);

    try {
      return await work();
    } finally {
      mend();
    }
  }

  /** The first attempt takes effect, or not, and its answer is lost; those after it are refused. */
  function losing({ isEffective = true, lost = lostAnswer, refusal = throttling }: Partial<Loss> = {}) {
    let isFirst = true;

    return async ({ send }: Attempt) => {
      if (!isFirst) {
        throw refusal();
      }
      isFirst = false;
      if (isEffective) {
        await send();
      }
      throw lost();
    };
  }

  it.each([
    ['lost, and throttled', {}],
    ['lost without effect, and throttled', { isEffective: false }],
    ['a failure of the service, and throttled', { lost: internal }],
    ['lost each time', { refusal: lostAnswer }],
    ['lost, and cancelled for the load', { refusal: cancelled('ThrottlingError') }],
    ['lost, and in the way of a transaction', { refusal: cancelled('TransactionConflict') }],
  ])('does not say that nothing was done: %s', async (_, faults) => {
    const [single, claiming] = [opened(), opened()];

    await expect(under(losing(faults), () => log.append([single]))).rejects.toThrow(OutcomeUnknownError);
    await expect(under(losing(faults), () => log.append([claiming], claimsOf(claiming)))).rejects.toThrow(
      OutcomeUnknownError,
    );
    for (const { id } of [single, claiming]) {
      expect(await log.read(id)).toHaveLength('isEffective' in faults ? 0 : 1);
    }
  });

  it('leaves what is settled: the version is somebody else’s', async () => {
    const [event, other] = [opened(), opened()];
    let attempts = 0;

    await log.append([{ ...other, id: event.id }]);

    const appended = under(
      ({ send }) => (attempts++ === 0 ? Promise.reject(lostAnswer()) : send()),
      () => log.append([event]),
    );

    await expect(appended).rejects.toMatchObject({ code: 'ConcurrentChange' });
    await expect(appended).rejects.toThrow(ConcurrencyError);
  });

  it('makes nothing of the next write: that one is throttled, and nothing more', async () => {
    await expect(under(losing(), () => log.append([opened()]))).rejects.toThrow(OutcomeUnknownError);
    await expect(
      under(
        () => Promise.reject(throttling()),
        () => log.append([opened()]),
      ),
    ).rejects.toThrow(ThrottledError);
  });

  it('is a write: a read that is throttled changed nothing', async () => {
    await expect(under(losing(), () => log.read(randomUUID()))).rejects.toThrow(ThrottledError);
  });
});
