import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The database refuses for its load. Nothing was done: each attempt was refused. The same may succeed later. */
export class ThrottledError extends ApplicationError {
  readonly code = 'Throttled';
}
