import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The aggregate is not at the version that the sender of a command has seen. */
export class UnexpectedVersionError extends ApplicationError {
  readonly code = 'UnexpectedVersion';

  /** @param actual 0: it does not exist yet */
  constructor(
    readonly kind: string,
    readonly id: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`Expected the ${kind} ${id} at the version ${expected}, and it is at ${actual}. Read it again, then decide.`);
  }
}
