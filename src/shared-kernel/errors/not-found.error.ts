import { ApplicationError } from './application.error';

/** Nothing of this kind has this id; another kind may have it. */
export class NotFoundError extends ApplicationError {
  readonly code = 'NotFound';

  constructor(kind: string, id: string) {
    super(`There is no ${kind} ${id}.`);
  }
}
