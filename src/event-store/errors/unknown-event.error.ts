import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** An event, or a version of its payload, that this code does not know; newer code may know it. Or one that older code would not know. */
export class UnknownEventError extends ApplicationError {
  readonly code = 'UnknownEvent';
}
