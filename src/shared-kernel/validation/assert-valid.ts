import { validateSync } from 'class-validator';

import { ValidationError } from '../errors/validation.error';

/**
 * Checks an instance against the class-validator decorators of its class.
 *
 * @throws ValidationError with every property that fails and each constraint that it breaks
 */
export function assertValid(subject: object): void {
  const failures = validateSync(subject);

  if (failures.length > 0) {
    throw new ValidationError(failures.map(({ property, constraints = {} }) => ({ property, constraints })));
  }
}
