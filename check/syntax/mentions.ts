import ts from 'typescript';

import { nodesIn } from './identifiers.ts';
import type { Names } from './names.ts';
import { readValue } from './read-value.ts';
import { textOf, type Id, type Value } from './value.ts';

/** What a file speaks of, wherever in it. */
export interface Mentions {
  /** What stands after `new`. */
  readonly constructed: ReadonlySet<Id>;
  /** Of these, what is handed on, or whose method `enrich` is called. */
  readonly enriching: ReadonlySet<Id>;
  /** What a `get(…)` asks for, as in `app.get(UserService)`. */
  readonly obtained: ReadonlySet<Id>;
  /** What stands after `type:`. */
  readonly types: ReadonlySet<Id>;
  /** The variables that `environment('…')` reads. */
  readonly variables: ReadonlySet<string>;
  /** The sets of `uniqueClaim(…)`. */
  readonly claims: readonly Value[];
}

export function mentionsIn(source: ts.SourceFile, names: Names): Mentions {
  const calls = nodesIn(source, ts.isCallExpression);
  const made = nodesIn(source, ts.isNewExpression).filter(({ expression }) => ts.isIdentifier(expression));
  const idOf = ({ expression }: ts.NewExpression): Id => names.id(expression.getText());

  return {
    constructed: new Set(made.map(idOf)),
    enriching: new Set(made.filter((node) => isUsed(node, calls)).map(idOf)),
    obtained: new Set(obtainedBy(calls).map((name) => names.id(name))),
    types: new Set(typesIn(source).map((name) => names.id(name))),
    variables: new Set(firstValuesOf('environment', calls, names).flatMap((value) => textOf(value) ?? [])),
    claims: firstValuesOf('uniqueClaim', calls, names),
  };
}

function obtainedBy(calls: readonly ts.CallExpression[]): string[] {
  return calls
    .filter(({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'get')
    .flatMap((call) => call.arguments.filter(ts.isIdentifier))
    .map(({ text }) => text);
}

function typesIn(source: ts.SourceFile): string[] {
  return nodesIn(source, ts.isPropertyAssignment)
    .filter(({ name }) => name.getText() === 'type')
    .map(({ initializer }) => initializer)
    .filter(ts.isIdentifier)
    .map(({ text }) => text);
}

function firstValuesOf(name: string, calls: readonly ts.CallExpression[], names: Names): Value[] {
  return calls
    .filter(({ expression }) => ts.isIdentifier(expression) && expression.text === name)
    .map(({ arguments: [first] }) => readValue(first, names));
}

/** Not, where nothing is done with it. */
function isUsed(node: ts.NewExpression, calls: readonly ts.CallExpression[]): boolean {
  const { parent } = node;

  if (ts.isExpressionStatement(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'enrich';
  if (!ts.isVariableDeclaration(parent)) return true;
  return calls.some(({ expression }) => expression.getText() === `${parent.name.getText()}.enrich`);
}
