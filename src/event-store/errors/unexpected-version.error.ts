import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The aggregate is not at a version that the sender of a command allows. */
export class UnexpectedVersionError extends ApplicationError {
  readonly code = 'UnexpectedVersion';

  /** @param actual 0: it does not exist yet */
  constructor(
    readonly kind: string,
    readonly id: string,
    readonly actual: number,
  ) {
    super(`Expected the ${kind} ${id} at a version that meets the command's condition, and it is at ${actual}.`);
  }
}
