import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** Somebody else wrote first: reload, decide again. */
export class ConcurrencyError extends ApplicationError {
  readonly code: 'ConcurrentChange' | 'OutcomeUnknown' = 'ConcurrentChange';
}
