import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The id of what a command would create belongs to an aggregate of another type. */
export class IdTakenError extends ApplicationError {
  readonly code = 'IdTaken';

  constructor(kind: string, id: string, options?: ErrorOptions) {
    super(
      `Expected an id that nothing has, and ${id} belongs to something that is no ${kind}. Choose another.`,
      options,
    );
  }
}
