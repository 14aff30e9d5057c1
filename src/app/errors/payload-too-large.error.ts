import { ApplicationError } from './application.error';

/** The body is larger than any command needs. */
export class PayloadTooLargeError extends ApplicationError {
  readonly code = 'PayloadTooLarge';
}
