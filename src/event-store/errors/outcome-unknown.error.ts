import { ConcurrencyError } from './concurrency.error';

/** A write may have taken effect: an attempt of it had no answer, and the last one does not tell. Who reads again may find out. */
export class OutcomeUnknownError extends ConcurrencyError {
  override readonly code = 'OutcomeUnknown';
}
