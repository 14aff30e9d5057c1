import { STACK_NAME } from './scope.ts';

/** The name of a resource to which the template gives none. */
export function generatedName(logicalId: string): string {
  return `${STACK_NAME}-${logicalId}`;
}
