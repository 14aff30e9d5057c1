import { validateSync, type ValidationError as Failure } from 'class-validator';

import { ValidationError } from '../errors/validation.error';
import { isText } from './text';

/**
 * Checks an instance against the class-validator decorators of its class. Beyond them, each property that is a string has to be a
 * text: what no queue takes must not get into an event.
 *
 * @throws ValidationError with every property that fails and each constraint that it breaks
 */
export function assertValid(subject: object): void {
  const failures = new Map(validateSync(subject).map(constraintsOf));

  for (const property of propertiesWithoutText(subject)) {
    const message = `${property} must be text without control characters, noncharacters and halves of surrogate pairs`;

    failures.set(property, { ...failures.get(property), isText: message });
  }
  if (failures.size > 0) {
    throw new ValidationError([...failures].map(([property, constraints]) => ({ property, constraints })));
  }
}

function constraintsOf({ property, constraints = {} }: Failure): [string, Record<string, string>] {
  return [property, constraints];
}

function propertiesWithoutText(subject: object): string[] {
  return Object.entries(subject)
    .filter(([, value]) => typeof value === 'string' && !isText(value))
    .map(([property]) => property);
}
