import { ApplicationError } from './application.error';

/** The time was over before something was done. It may go on by itself, and take effect. */
export class OutOfTimeError extends ApplicationError {
  readonly code = 'OutOfTime';
}
