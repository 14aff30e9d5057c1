import { ApplicationError } from './application.error';

/** The aggregate is not in a state in which it would do this. */
export class WrongStateError extends ApplicationError {
  readonly code = 'WrongState';
}
