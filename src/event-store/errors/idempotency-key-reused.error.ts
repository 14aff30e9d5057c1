import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The idempotency key came with another command before. */
export class IdempotencyKeyReusedError extends ApplicationError {
  readonly code = 'IdempotencyKeyReused';

  constructor() {
    super(
      'Expected the request that came first with this Idempotency-Key, and got another. Send it with a key of its own.',
    );
  }
}
