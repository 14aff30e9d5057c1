import { isDeepStrictEqual } from 'node:util';

import { LocalCloudError } from '../local-cloud-error.ts';
import { resolve } from './intrinsics.ts';
import type { Scope } from './scope.ts';
import { isList, isSection, type Section } from './template.ts';

/** Evaluates the conditions of the template into `scope.conditions`; they may refer to each other in any order. */
export function evaluateConditions(declarations: Section, scope: Scope): void {
  const underWay = new Set<string>();
  const evaluate = (name: string): boolean => {
    const known = scope.conditions.get(name);
    if (known !== undefined) return known;
    if (!(name in declarations)) throw new LocalCloudError(`${name} is no condition of the template`);
    if (underWay.has(name)) throw new LocalCloudError('it depends on itself');
    underWay.add(name);
    const holds = truth(declarations[name], evaluate, scope);
    scope.conditions.set(name, holds);
    return holds;
  };
  for (const name of Object.keys(declarations)) {
    try {
      evaluate(name);
    } catch (error) {
      throw new LocalCloudError(`Conditions.${name}: ${(error as Error).message}.`, { cause: error });
    }
  }
}

/** The truth of an expression without names of conditions, as a rule has it. */
export function holds(expression: unknown, scope: Scope): boolean {
  const evaluate = (name: string): never => {
    throw new LocalCloudError(`a rule knows parameters and not the condition ${name}`);
  };
  return truth(expression, evaluate, scope);
}

function truth(expression: unknown, evaluate: (name: string) => boolean, scope: Scope): boolean {
  const [operator, operands] = isSection(expression) ? (Object.entries(expression)[0] ?? []) : [];
  if (operator === 'Condition') return evaluate(String(operands));
  if (!isList(operands)) throw new LocalCloudError('expected Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition');
  const holds = (operand: unknown) => truth(operand, evaluate, scope);
  switch (operator) {
    case 'Fn::And':
      return operands.every(holds);
    case 'Fn::Or':
      return operands.some(holds);
    case 'Fn::Not':
      return !holds(operands[0]);
    case 'Fn::Equals': {
      const [left, right] = operands.map((operand) => comparable(resolve(operand, scope)));
      return isDeepStrictEqual(left, right);
    }
    default:
      throw new LocalCloudError(`expected Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition, got ${operator}`);
  }
}

/** A parameter's value is text, whatever its type; CloudFormation compares text. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
