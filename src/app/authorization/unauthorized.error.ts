import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** A request whose token is missing, or none that this API takes. Its message is for the log: it never holds the token. */
export class UnauthorizedError extends ApplicationError {
  readonly code = 'Unauthorized';
}
