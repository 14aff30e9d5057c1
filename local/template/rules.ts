import { LocalCloudError } from '../local-cloud-error.ts';
import { holds } from './conditions.ts';
import type { Scope } from './scope.ts';
import { isList, isSection, type Template } from './template.ts';

/** Checks the parameters by the template's rules. Throws a LocalCloudError, with a rule's own words, for the first that they break. */
export function checkRules({ rules }: Template, scope: Scope): void {
  for (const [name, rule] of Object.entries(rules)) {
    if (!isSection(rule) || !isList(rule.Assertions)) throw new LocalCloudError(`Rules.${name}: expected Assertions.`);
    const { RuleCondition: condition, Assertions: assertions } = rule;
    if (condition !== undefined && !check(name, condition, scope)) continue;
    for (const assertion of assertions) {
      if (!isSection(assertion)) throw new LocalCloudError(`Rules.${name}: expected an Assert.`);
      const { Assert: assert, AssertDescription: description = 'the parameters break it.' } = assertion;
      if (!check(name, assert, scope))
        throw new LocalCloudError(`Rule ${name} of the template: ${String(description)}`);
    }
  }
}

function check(name: string, expression: unknown, scope: Scope): boolean {
  try {
    return holds(expression, scope);
  } catch (error) {
    throw new LocalCloudError(`Rules.${name}: ${(error as Error).message}.`, { cause: error });
  }
}
