import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** A command with this idempotency key has been accepted: its record has the answer. */
export class AlreadyAcceptedError extends ApplicationError {
  readonly code = 'AlreadyAccepted';
}
