import { ApplicationError } from '../../src/shared-kernel/errors/application.error';

/** What the operator can mend: its message is one line that says what was expected and what to do. */
export class OpsError extends ApplicationError {
  readonly code = 'OpsFailed';
}
