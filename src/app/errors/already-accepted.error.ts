import { ApplicationError } from './application.error';

/** A command with this idempotency key has been accepted: its record has the answer. */
export class AlreadyAcceptedError extends ApplicationError {
  readonly code = 'AlreadyAccepted';
}
