import { ApplicationError } from './application.error';

/** One property and, by name, each constraint that it breaks. */
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
