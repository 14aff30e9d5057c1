import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The idempotency key came with another command before. */
export class IdempotencyKeyReusedError extends ApplicationError {
  readonly code = 'IdempotencyKeyReused';

  constructor() {
    super('Expected the command that came first with this idempotency key, and got another.');
  }
}
