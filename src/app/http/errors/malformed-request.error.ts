import { ApplicationError } from '../../../shared-kernel/errors/application.error';

/** The request cannot be read, before anything in it is looked at. */
export class MalformedRequestError extends ApplicationError {
  readonly code = 'MalformedRequest';
}
