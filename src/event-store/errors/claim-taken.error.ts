import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** A value that must be unique belongs to somebody else. */
export class UniqueConstraintError extends ApplicationError {
  readonly code = 'UniqueConstraintViolated';

  /** @param constraint as claimed, for example `iam/user#email:user@domain.com` */
  constructor(constraint: string, options?: ErrorOptions) {
    super(`${constraint.slice(constraint.indexOf('#') + 1)} is already taken.`, options);
  }
}
