import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The id belongs to an aggregate that is not what the command would have made. */
export class AlreadyExistsError extends ApplicationError {
  readonly code = 'AlreadyExists';

  constructor(kind: string, id: string) {
    super(`The ${kind} ${id} exists already, and differs.`);
  }
}
