import ts from 'typescript';

import { bare, nodesIn } from './identifiers.ts';
import type { Names } from './names.ts';
import { fileOf } from './value.ts';

/**
 * The keys that something gets an event's id by: `userId` of `{ roleId, userId: event.id }`, wherever the row is made. What is an event
 * is told by its type, which stands in a folder `events`.
 */
export function idKeysIn(source: ts.SourceFile, names: Names): Set<string> {
  return new Set(
    nodesIn(source, ts.isObjectLiteralExpression)
      .flatMap(({ properties }) => [...properties])
      .flatMap((property) => {
        const value = valueOf(property);

        return value && isEventId(value, names) ? (property.name?.getText() ?? []) : [];
      }),
  );
}

function valueOf(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
}

function isEventId(node: ts.Expression, names: Names): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'id' && isEvent(node.expression, names);
  return ts.isIdentifier(node) && declarationsOf(node).some((declaration) => takesId(declaration, node.text, names));
}

/** `{ id }: Event`, `const { id: userId } = event`. */
function takesId(declaration: Declaration, local: string, names: Names): boolean {
  const { name, initializer, type } = declaration;
  if (!ts.isObjectBindingPattern(name)) return false;

  return (
    name.elements.some(
      (element) => element.name.getText() === local && (element.propertyName ?? element.name).getText() === 'id',
    ) &&
    (isEventType(type, names) || (initializer !== undefined && isEvent(initializer, names)))
  );
}

function isEvent(node: ts.Expression, names: Names): boolean {
  if (ts.isAsExpression(node)) return isEventType(node.type, names) || isEvent(node.expression, names);
  if (ts.isParenthesizedExpression(node)) return isEvent(node.expression, names);
  return (
    ts.isIdentifier(node) &&
    declarationsOf(node).some(
      ({ name, type, initializer }) =>
        name.getText() === node.text &&
        (isEventType(type, names) || (initializer !== undefined && isEvent(initializer, names))),
    )
  );
}

function isEventType(type: ts.TypeNode | undefined, names: Names): boolean {
  return (
    type !== undefined && ts.isTypeReferenceNode(type) && fileOf(names.id(type.typeName.getText())).includes('/events/')
  );
}

type Declaration = ts.ParameterDeclaration | ts.VariableDeclaration;

/** Parameters and variables of the functions around. */
function declarationsOf(node: ts.Node): Declaration[] {
  const around = ts.findAncestor(node.parent, ts.isFunctionLike);
  if (!around) return [];

  const own = nodesIn(
    around,
    (child): child is Declaration => ts.isParameter(child) || ts.isVariableDeclaration(child),
  );
  return [
    ...own.filter((declaration) => !ts.findAncestor(node, (parent) => parent === declaration)),
    ...declarationsOf(around),
  ];
}
