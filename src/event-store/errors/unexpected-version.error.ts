import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The aggregate is not at the version that the caller has seen. */
export class PreconditionFailedError extends ApplicationError {
  readonly code = 'PreconditionFailed';

  /** @param actual 0: it does not exist yet */
  constructor(kind: string, id: string, expected: number, actual: number) {
    super(
      `Expected the ${kind} ${id} at the version ${expected}, as If-Match says, and it is at ${actual}. Read it again, then decide.`,
    );
  }
}
