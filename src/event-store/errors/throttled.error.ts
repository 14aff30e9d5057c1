import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The database refuses for its load; nothing was done, and the same request may succeed later. */
export class TooManyRequestsError extends ApplicationError {
  readonly code = 'TooManyRequests';
}
