import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { AlreadyExistsError } from '../../event-store/errors/already-exists.error';
import { ClaimTakenError } from '../../event-store/errors/claim-taken.error';
import { ConcurrencyError } from '../../event-store/errors/concurrency.error';
import { IdempotencyKeyReusedError } from '../../event-store/errors/idempotency-key-reused.error';
import { IdTakenError } from '../../event-store/errors/id-taken.error';
import { NoSuchVersionError } from '../../event-store/errors/no-such-version.error';
import { NotYetError } from '../../event-store/errors/not-yet.error';
import { OutcomeUnknownError } from '../../event-store/errors/outcome-unknown.error';
import { ThrottledError } from '../../event-store/errors/throttled.error';
import { UnexpectedVersionError } from '../../event-store/errors/unexpected-version.error';
import { ApplicationError } from '../../shared-kernel/errors/application.error';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { OutOfTimeError } from '../../shared-kernel/errors/out-of-time.error';
import { ValidationError } from '../../shared-kernel/errors/validation.error';
import { WrongStateError } from '../../shared-kernel/errors/wrong-state.error';
import { MalformedRequestError } from './errors/malformed-request.error';
import { PreconditionFailedError } from './errors/precondition-failed.error';
import { PayloadTooLargeError } from './errors/payload-too-large.error';
import { problem } from './problem';

/** API Gateway says the same of its own. */
const TOOK_TOO_LONG =
  'The request took too long. It may have taken effect: send it again with the same Idempotency-Key, or read first.';

describe('problem', () => {
  it.each<[number, string, string, ApplicationError]>([
    [400, 'Bad Request', 'MalformedRequest', new MalformedRequestError('m')],
    [400, 'Bad Request', 'ValidationFailed', new ValidationError([])],
    [404, 'Not Found', 'NotFound', new NotFoundError('User', 'u')],
    [404, 'Not Found', 'NoSuchVersion', new NoSuchVersionError('User', 'u', 4, 3)],
    [409, 'Conflict', 'IdTaken', new IdTakenError('User', 'u')],
    [409, 'Conflict', 'AlreadyExists', new AlreadyExistsError('User', 'u')],
    [409, 'Conflict', 'ConcurrentChange', new ConcurrencyError('m')],
    [409, 'Conflict', 'UniqueConstraintViolated', new ClaimTakenError('iam/user#email:user@domain.com')],
    [409, 'Conflict', 'WrongState', new WrongStateError('m')],
    [412, 'Precondition Failed', 'PreconditionFailed', new PreconditionFailedError('m')],
    [413, 'Payload Too Large', 'PayloadTooLarge', new PayloadTooLargeError('m')],
    [429, 'Too Many Requests', 'TooManyRequests', new ThrottledError('m')],
    [503, 'Service Unavailable', 'NotYet', new NotYetError('m')],
  ])('answers %i %s for %s', (status, title, code, error) => {
    expect(problem(error)).toMatchObject({
      statusCode: status,
      headers: { 'Content-Type': 'application/problem+json' },
      body: { type: 'about:blank', title, status, code, detail: error.message },
    });
  });

  it.each([
    [
      412,
      'PreconditionFailed',
      'Expected the User u as If-Match and If-None-Match ask for it, and it is at the version 5. Read it again, then decide.',
      new UnexpectedVersionError('User', 'u', 5),
    ],
    [
      412,
      'PreconditionFailed',
      'Expected the User u as If-Match and If-None-Match ask for it, and it does not exist. Read it again, then decide.',
      new UnexpectedVersionError('User', 'u', 0),
    ],
    [
      422,
      'IdempotencyKeyReused',
      'Expected the request that came first with this Idempotency-Key, and got another. Send it with a key of its own.',
      new IdempotencyKeyReusedError(),
    ],
    [504, 'Timeout', TOOK_TOO_LONG, new OutcomeUnknownError('m')],
    [504, 'Timeout', TOOK_TOO_LONG, new OutOfTimeError('m')],
  ])('answers %i %s in the words of the headers that the client sent', (status, code, detail, error) => {
    expect(problem(error)).toMatchObject({ statusCode: status, body: { status, code, detail } });
  });

  it('takes its words for a time-out from the template, where API Gateway has them', () => {
    expect(readFileSync(join(__dirname, '../../../template.yaml'), 'utf8')).toContain(
      `"status":504,"code":"Timeout","detail":"${TOOK_TOO_LONG}"`,
    );
  });

  it('tells which value is taken, and not how that is stored', () => {
    expect(problem(new ClaimTakenError('iam/user#email:user@domain.com')).body).toMatchObject({
      detail: 'email:user@domain.com is already taken.',
    });
  });

  it('lists failures for validation only', () => {
    const failures = [{ property: 'email', constraints: { isEmail: 'email must be an email' } }];

    expect(problem(new ValidationError(failures)).body).toMatchObject({ errors: failures });
    expect(JSON.stringify(problem(new NotFoundError('User', 'u')).body)).not.toContain('errors');
  });

  it('keeps to itself an error of ours whose code is not public', () => {
    class DiskFullError extends ApplicationError {
      readonly code = 'DiskFull';
    }

    expect(problem(new DiskFullError('/dev/sda1 is full'))).toMatchObject({
      statusCode: 500,
      body: { code: 'InternalError', detail: 'Something went wrong on our side. Try again later.' },
    });
  });

  it('does not take the code of a stranger for one of ours', () => {
    expect(problem(Object.assign(new Error('of an SDK'), { code: 'NotFound' }))).toMatchObject({ statusCode: 500 });
  });
});
