import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The database refuses for its load; nothing was done, and the same may succeed later. */
export class ThrottledError extends ApplicationError {
  readonly code = 'Throttled';
}
