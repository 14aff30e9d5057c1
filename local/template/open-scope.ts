import { evaluateConditions } from './conditions.ts';
import { parameterValues, type GivenParameters } from './parameters.ts';
import { checkReferences } from './references.ts';
import { Scope } from './scope.ts';
import type { Template } from './template.ts';

/** What names in the template stand for, before any resource exists. Throws a LocalCloudError for a name that is unknown. */
export function openScope(template: Template, given: GivenParameters, region: string): Scope {
  checkReferences(template);
  const scope = new Scope(template, parameterValues(template.parameters, given), region);
  evaluateConditions(template.conditions, scope);
  return scope;
}
