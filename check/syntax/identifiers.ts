import ts from 'typescript';

/** Every identifier in a piece of code. */
export function identifiersIn(node: ts.Node | undefined): Set<string> {
  return new Set(nodesIn(node, ts.isIdentifier).map(({ text }) => text));
}

/** Every node of a kind in a piece of code, itself included. */
export function nodesIn<T extends ts.Node>(node: ts.Node | undefined, isKind: (child: ts.Node) => child is T): T[] {
  const found: T[] = [];
  const visit = (child: ts.Node): void => {
    if (isKind(child)) found.push(child);
    ts.forEachChild(child, visit);
  };

  if (node) visit(node);
  return found;
}

/** The expression without casts and brackets around it. */
export function bare(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? bare(node.expression)
    : node;
}
