import { ApplicationError } from './application.error';

/** A property that is not valid, with the message of each constraint that it breaks, by the constraint's name. */
interface PropertyFailure {
  readonly property: string;
  readonly constraints: Readonly<Record<string, string>>;
}

/** Values that no aggregate would take. */
export class ValidationError extends ApplicationError {
  readonly code = 'ValidationFailed';

  constructor(readonly failures: readonly PropertyFailure[]) {
    super(failures.flatMap(({ constraints }) => Object.values(constraints)).join('; '));
  }
}
