import ts from 'typescript';

import { bare, identifiersIn, nodesIn } from './identifiers.ts';

/** Whether something holds a property of this name. */
export type Holds = (property: string) => boolean;

const NOTHING: Holds = () => false;
const ANYTHING: Holds = () => true;

/** The properties that the object returned by `get state()` is made of; any, where it returns something else than an object. */
export function stateOf(node: ts.ClassDeclaration): Holds {
  const getter = node.members.filter(ts.isGetAccessorDeclaration).find(({ name }) => name.getText() === 'state');
  if (!getter) return NOTHING;

  const [returned] = nodesIn(getter.body, ts.isReturnStatement);
  const expression = returned?.expression && bare(returned.expression);
  const sources = sourcesIn(getter.body);
  const object = expression && ts.isIdentifier(expression) ? sources.get(expression.text) : undefined;
  if (!expression || !(ts.isObjectLiteralExpression(expression) || object)) return ANYTHING;

  const names = withSources(identifiersIn(expression), sources);
  return (property) => names.has(property);
}

/** The properties that `restoreState(…)` sets. */
export function restoredBy(node: ts.ClassDeclaration): Holds | undefined {
  const method = node.members.filter(ts.isMethodDeclaration).find(({ name }) => name.getText() === 'restoreState');
  if (!method) return undefined;

  const mentioned = new Set(
    nodesIn(method.body, ts.isPropertyAccessExpression)
      .filter(({ expression }) => expression.kind === ts.SyntaxKind.ThisKeyword)
      .map(({ name }) => name.text),
  );
  const assigned = nodesIn(method.body, ts.isCallExpression)
    .filter(({ expression, arguments: [target] }) => isAssign(expression) && target?.kind === ts.SyntaxKind.ThisKeyword)
    .flatMap(({ arguments: [, ...values] }) => values.map((value) => heldBy(bare(value), method)));

  return (property) => mentioned.has(property) || assigned.some((holds) => holds(property));
}

function isAssign(node: ts.Expression): boolean {
  return node.getText() === 'Object.assign';
}

/** What is assigned at once: all, but for what was taken out of it as in `{ roles, ...state }`. */
function heldBy(value: ts.Expression, method: ts.MethodDeclaration): Holds {
  if (ts.isObjectLiteralExpression(value) && !value.properties.some(ts.isSpreadAssignment)) {
    const names = new Set(value.properties.map(({ name }) => name?.getText()));

    return (property) => names.has(property);
  }
  const rest = nodesIn(method, ts.isObjectBindingPattern).find(({ elements }) =>
    elements.some(({ dotDotDotToken, name }) => dotDotDotToken && name.getText() === value.getText()),
  );
  const taken = new Set(rest?.elements.map(({ propertyName, name }) => (propertyName ?? name).getText()));

  return (property) => !taken.has(property);
}

/** What each local constant is made of. */
function sourcesIn(body: ts.Node | undefined): Map<string, ReadonlySet<string>> {
  return new Map(
    nodesIn(body, ts.isVariableDeclaration).flatMap(({ name, initializer }): [string, ReadonlySet<string>][] => {
      if (ts.isIdentifier(name)) return [[name.text, identifiersIn(initializer)]];
      return ts.isObjectBindingPattern(name)
        ? name.elements.map((element) => [
            element.name.getText(),
            new Set([(element.propertyName ?? element.name).getText()]),
          ])
        : [];
    }),
  );
}

function withSources(names: ReadonlySet<string>, sources: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const all = new Set(names);

  // A set goes on with what is added to it.
  for (const name of all) {
    sources.get(name)?.forEach((source) => all.add(source));
  }
  return all;
}
