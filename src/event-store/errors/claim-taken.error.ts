import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** A value that must be unique belongs to somebody else. */
export class ClaimTakenError extends ApplicationError {
  readonly code = 'UniqueConstraintViolated';

  /** @param key the claim's, for example `bank/account#number:4711` */
  constructor(key: string, options?: ErrorOptions) {
    super(`${key.slice(key.indexOf('#') + 1)} is already taken.`, options);
  }
}
