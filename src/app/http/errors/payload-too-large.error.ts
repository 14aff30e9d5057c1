import { ApplicationError } from '../../../shared-kernel/errors/application.error';

/** The body is larger than any command needs. */
export class PayloadTooLargeError extends ApplicationError {
  readonly code = 'PayloadTooLarge';
}
