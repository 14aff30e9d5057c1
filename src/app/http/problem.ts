import { STATUS_CODES } from 'node:http';

import { UnexpectedVersionError } from '../../event-store/errors/unexpected-version.error';
import { ApplicationError } from '../../shared-kernel/errors/application.error';
import { ValidationError } from '../../shared-kernel/errors/validation.error';
import type { HttpAnswer } from './answer';

/** The one place where an error becomes an HTTP status; what is not listed is our own fault, and its details stay inside. */
const STATUS: Readonly<Record<string, number>> = {
  MalformedRequest: 400,
  ValidationFailed: 400,
  NotFound: 404,
  NoSuchVersion: 404,
  AlreadyAccepted: 409,
  AlreadyExists: 409,
  ConcurrentChange: 409,
  IdTaken: 409,
  UniqueConstraintViolated: 409,
  WrongState: 409,
  PreconditionFailed: 412,
  PayloadTooLarge: 413,
  IdempotencyKeyReused: 422,
  TooManyRequests: 429,
  NotYet: 503,
  UnknownEvent: 503,
  Timeout: 504,
};

/** Answers after which the same request may succeed. */
const COME_AGAIN = new Set([429, 503, 504]);

const INTERNAL = {
  status: 500,
  code: 'InternalError',
  detail: 'Something went wrong on our side. Try again later.',
};

/** What the engine's errors about load and time are called among clients. A time-out is that of API Gateway, in template.yaml. */
const CODE: Readonly<Record<string, string>> = {
  Throttled: 'TooManyRequests',
  OutcomeUnknown: 'Timeout',
  OutOfTime: 'Timeout',
};

/** What is told to a client in other words than the error's own. */
const DETAIL: Readonly<Record<string, string>> = {
  IdempotencyKeyReused:
    'Expected the request that came first with this Idempotency-Key, and got another. Send it with a key of its own.',
  UnknownEvent: 'The service is being updated, and this needs its newer version. Try again later.',
  Timeout:
    'The request took too long. It may have taken effect: send it again with the same Idempotency-Key, or read first.',
};

/** An error as `application/problem+json`, by RFC 9457, with the error's stable `code` and each property that failed. */
export function problem(error: unknown): HttpAnswer {
  const { status, code, detail } = publicViewOf(error);

  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(COME_AGAIN.has(status) && { 'Retry-After': '1' }),
    },
    body: {
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      code,
      detail,
      errors: error instanceof ValidationError ? error.failures : undefined,
    },
  };
}

function publicViewOf(error: unknown): { status: number; code: string; detail: string } {
  if (!(error instanceof ApplicationError)) {
    return INTERNAL;
  }
  const { code, detail } = inWordsOfHttp(error);
  const status = STATUS[code];

  return status ? { status, code, detail } : INTERNAL;
}

/** The engine's errors about versions, keys and load, in the words of the headers that a client knows. */
function inWordsOfHttp(error: ApplicationError): { code: string; detail: string } {
  if (error instanceof UnexpectedVersionError) {
    const { kind, id, actual } = error;
    const state = actual === 0 ? 'it does not exist' : `it is at the version ${actual}`;

    return {
      code: 'PreconditionFailed',
      detail: `Expected the ${kind} ${id} as If-Match and If-None-Match ask for it, and ${state}. Read it again, then decide.`,
    };
  }
  const code = CODE[error.code] ?? error.code;

  return { code, detail: DETAIL[code] ?? error.message };
}
