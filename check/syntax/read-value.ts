import ts from 'typescript';

import type { Names } from './names.ts';
import { OTHER, type Call, type Value } from './value.ts';

/** Reads an expression; what the wiring does not need is `other`. */
export function readValue(node: ts.Expression | undefined, names: Names): Value {
  if (!node) return OTHER;
  if (ts.isStringLiteralLike(node)) return { kind: 'text', text: node.text };
  if (ts.isArrayLiteralExpression(node)) {
    return { kind: 'list', items: node.elements.map((element) => readValue(element, names)) };
  }
  if (ts.isObjectLiteralExpression(node)) return { kind: 'object', entries: entriesOf(node, names) };
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return readCall(node, names);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return readValue(node.expression, names);
  return readReference(node, names);
}

function readReference(node: ts.Expression, names: Names): Value {
  if (ts.isIdentifier(node)) return { kind: 'reference', id: names.id(node.text) };
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return OTHER;
  return { kind: 'reference', id: `${names.id(node.expression.text)}.${node.name.text}` };
}

/** Reads a call, or what is made by `new`. */
export function readCall(node: ts.CallExpression | ts.NewExpression, names: Names): Call {
  const { expression } = node;

  return {
    kind: 'call',
    callee: ts.isIdentifier(expression) ? names.id(expression.text) : expression.getText(),
    values: (node.arguments ?? []).map((argument) => readValue(argument, names)),
  };
}

function entriesOf(node: ts.ObjectLiteralExpression, names: Names): Map<string, Value> {
  return new Map(
    node.properties.flatMap((property): [string, Value][] => {
      if (ts.isPropertyAssignment(property)) return [[property.name.getText(), readValue(property.initializer, names)]];
      if (ts.isShorthandPropertyAssignment(property)) {
        return [[property.name.text, readValue(property.name, names)]];
      }
      return [];
    }),
  );
}
