import { STATUS_CODES } from 'node:http';

import { ApplicationError } from '../../shared-kernel/errors/application.error';
import { ValidationError } from '../../shared-kernel/errors/validation.error';
import type { HttpAnswer } from './answer';

/** The one place where an error becomes an HTTP status; what is not listed is our own fault, and its details stay inside. */
const STATUS: Readonly<Record<string, number>> = {
  MalformedRequest: 400,
  ValidationFailed: 400,
  NotFound: 404,
  AlreadyAccepted: 409,
  AlreadyExists: 409,
  ConcurrentChange: 409,
  UniqueConstraintViolated: 409,
  WrongState: 409,
  PreconditionFailed: 412,
  PayloadTooLarge: 413,
  IdempotencyKeyReused: 422,
  TooManyRequests: 429,
  NotYet: 503,
};

const INTERNAL = {
  status: 500,
  code: 'InternalError',
  detail: 'Something went wrong on our side. Try again later.',
};

/** An error as `application/problem+json`, by RFC 9457, with the error's stable `code` and each property that failed. */
export function problem(error: unknown): HttpAnswer {
  const { status, code, detail } = describe(error);

  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...((status === 429 || status === 503) && { 'Retry-After': '1' }),
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

function describe(error: unknown): { status: number; code: string; detail: string } {
  const status = error instanceof ApplicationError ? STATUS[error.code] : undefined;

  return error instanceof ApplicationError && status ? { status, code: error.code, detail: error.message } : INTERNAL;
}
