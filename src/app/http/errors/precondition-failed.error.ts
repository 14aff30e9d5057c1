import { ApplicationError } from '../../../shared-kernel/errors/application.error';

/** What is read is not what the request's conditions ask for. */
export class PreconditionFailedError extends ApplicationError {
  readonly code = 'PreconditionFailed';
}
