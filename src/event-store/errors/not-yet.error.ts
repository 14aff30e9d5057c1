import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** What was asked for is not there yet, and will be: try again later. */
export class NotYetError extends ApplicationError {
  readonly code = 'NotYet';
}
