import { join } from 'node:path';

import { withGlobals } from '../../local/template/globals.ts';
import { readTemplate, type Resource } from '../../local/template/template.ts';
import { CALL_LIMITS, KINESIS_CALL_LIMITS } from '../../src/app/aws/call-limits';
import { deadlineOf } from '../../src/app/aws/deadline';
import { ISSUER_TIMEOUT } from '../../src/app/authorization/issuer-keys';

const template = readTemplate(join(__dirname, '../../template.yaml'));
const functions = [...template.resources.values()].filter(({ type }) => type === 'AWS::Serverless::Function');

/** Milliseconds: a read and a write, each with all the attempts that the SDK makes where nobody answers. */
const TWO_CALLS = 2 * CALL_LIMITS.maxAttempts * CALL_LIMITS.requestHandler.requestTimeout;

/** Seconds: the least that the template's parameters allow. */
function timeoutOf(resource: Resource): number {
  const { Timeout } = withGlobals(resource, template);

  if (typeof Timeout === 'number') {
    return Timeout;
  }
  const { MinValue } = template.parameters[(Timeout as { Ref: string }).Ref] as { MinValue: number };

  return MinValue;
}

/** Milliseconds until a function answers in any case. */
function timeOf(resource: Resource): number {
  jest.spyOn(Date, 'now').mockReturnValue(0);
  return deadlineOf({ getRemainingTimeInMillis: () => timeoutOf(resource) * 1000 });
}

describe('Call limits', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(functions.filter(({ logicalId }) => logicalId !== 'Authorizer').map((one) => [one.logicalId, one] as const))(
    'leave %s the time for a read and a write with all their attempts',
    (_, resource) => {
      expect(timeOf(resource)).toBeGreaterThanOrEqual(TWO_CALLS);
    },
  );

  it('leave the authorizer the time for the issuer’s metadata, its keys, and a cold start of three seconds', () => {
    const authorizer = functions.find(({ logicalId }) => logicalId === 'Authorizer')!;

    expect(timeoutOf(authorizer) * 1000).toBeGreaterThanOrEqual(2 * ISSUER_TIMEOUT + 3_000);
  });

  it('are the same for Kinesis', () => {
    const { maxAttempts, requestHandler } = KINESIS_CALL_LIMITS;

    expect(maxAttempts).toBe(CALL_LIMITS.maxAttempts);
    expect(requestHandler.requestTimeout).toBe(CALL_LIMITS.requestHandler.requestTimeout);
  });

  it('hold for the connection, and for each part of an answer, as well', () => {
    const { connectionTimeout, requestTimeout, socketTimeout, throwOnRequestTimeout } = CALL_LIMITS.requestHandler;

    expect(connectionTimeout).toBeLessThanOrEqual(requestTimeout);
    expect(socketTimeout).toBeLessThanOrEqual(requestTimeout);
    expect(throwOnRequestTimeout).toBe(true);
  });

  it('let a message come again when its consumer has long given up, whatever the parameters', () => {
    const { consumerTimeout, queueVisibilityTimeout } = template.parameters as Record<string, { MinValue: number }>;

    expect(queueVisibilityTimeout!.MinValue).toBeGreaterThanOrEqual(6 * consumerTimeout!.MinValue);
  });
});
