import { randomUUID } from 'node:crypto';

import { DynamoDBClient, ThrottlingException } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { IsInt, IsUUID } from 'class-validator';

import { commandController } from '../../src/app/http/command-controller';
import { body } from '../../src/app/http/request';
import { logger } from '../../src/app/logging/logger';
import { apiEvent } from '../support/api-event';
import { BankApplication } from '../support/bank-application';
import { Deposit, OpenAccount } from '../support/bank-commands';
import { BANK_TEMPLATE } from '../support/bank.module';
import { CONTEXT } from '../support/events';
import { type Attempt, injectFault, lostAnswer } from '../support/faults';
import { startTestTables, type TestCloud } from '../support/test-cloud';

class DepositDto {
  @IsUUID() id!: string;
  @IsInt() amount!: number;
}

const WRITE = /^(PutItem|TransactWriteItems)Command$/;

describe('A command whose answer from DynamoDB is lost', () => {
  let cloud: TestCloud;
  let system: BankApplication;
  let client: DynamoDBClient;
  let mend: (() => void) | undefined;

  beforeAll(async () => {
    cloud = await startTestTables(BANK_TEMPLATE);
    // Two attempts: after a throttled one, the SDK waits for a second and more.
    client = new DynamoDBClient({ maxAttempts: 2 });
    system = new BankApplication({ ...cloud, clients: { ...cloud.clients, dynamodb: client } });
  });

  afterEach(() => {
    mend?.();
    jest.restoreAllMocks();
  });

  afterAll(async () => {
    client.destroy();
    await cloud.stop();
  });

  async function account(): Promise<string> {
    const id = randomUUID();

    await system.app.dispatch(new OpenAccount(id, 'Ada'), CONTEXT);
    return id;
  }

  async function deposit(id: string, clock?: Parameters<ReturnType<typeof commandController>>[1]) {
    const handler = commandController(system.app, {
      dto: DepositDto,
      from: [body],
      command: ({ id, amount }) => new Deposit(id, amount),
    });
    const headers = { 'Idempotency-Key': id };
    const answer = await handler(apiEvent({ body: JSON.stringify({ id, amount: 5 }), headers }), clock);

    return { ...answer, problem: JSON.parse(answer.body) as Record<string, unknown> };
  }

  /** The first write takes effect, and its answer is lost. From then on, what `isThrottled` names is refused. */
  function loseFirst(isThrottled: (command: string) => boolean): void {
    let isLost = false;

    mend = injectFault(client, async ({ command, send }: Attempt) => {
      if (isLost && isThrottled(command)) {
        throw new ThrottlingException({ $metadata: {}, message: 'busy' });
      }
      const answer = await send();

      if (WRITE.test(command)) {
        isLost = true;
        throw lostAnswer();
      }
      return answer;
    });
  }

  const outcome = ({ statusCode, headers, problem }: APIGatewayProxyResult & { problem: Record<string, unknown> }) => [
    statusCode,
    problem.code ?? problem.version,
    headers?.['Retry-After'],
  ];

  it('when everything is throttled then, is answered 504: nobody knows; sent again with its key, it is the first answer', async () => {
    const error = jest.spyOn(logger, 'error');
    const id = await account();

    loseFirst(() => true);
    const first = await deposit(id);

    expect(outcome(first)).toEqual([504, 'Timeout', '1']);
    expect(first.problem.detail).toBe(
      'The request took too long. It may have taken effect: send it again with the same Idempotency-Key, or read first.',
    );
    expect(error.mock.calls).toEqual([
      [
        'Request failed.',
        expect.objectContaining({ error: expect.objectContaining({ code: 'OutcomeUnknown' }) as unknown }),
      ],
    ]);
    mend?.();
    expect(outcome(await deposit(id))).toEqual([202, 2, undefined]);
    expect(await system.log.read(id)).toHaveLength(2);
  });

  it('when only writes are throttled then, is looked for, and accepted', async () => {
    const id = await account();

    loseFirst((command) => WRITE.test(command));
    expect(outcome(await deposit(id))).toEqual([202, 2, undefined]);
    mend?.();
    expect(await system.log.read(id)).toHaveLength(2);
  });

  it('when DynamoDB says nothing at all, is answered before Lambda ends it', async () => {
    const id = await account();
    const start = performance.now();

    mend = injectFault(client, () => new Promise(() => undefined));

    expect(outcome(await deposit(id, { getRemainingTimeInMillis: () => 1_000 }))).toEqual([504, 'Timeout', '1']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
