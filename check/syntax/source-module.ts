import ts from 'typescript';

import { readClass, type ClassSyntax } from './class-syntax.ts';
import { Names } from './names.ts';
import { readValue } from './read-value.ts';
import type { Id, Value } from './value.ts';

/** A file as the wiring sees it. */
export interface SourceModule {
  readonly path: string;
  readonly classes: readonly ClassSyntax[];
  /** Its top-level constants, exported or not. */
  readonly constants: ReadonlyMap<string, Value>;
  readonly exports: ReadonlySet<string>;
  /** The packages that it imports. */
  readonly packages: ReadonlySet<string>;
  /** What stands after `new`. */
  readonly constructed: ReadonlySet<Id>;
  /** What a `get(…)` asks for, as in `app.get(UserService)`. */
  readonly obtained: ReadonlySet<Id>;
  /** What stands after `type:`. */
  readonly types: ReadonlySet<Id>;
}

const CACHE = new Map<string, { text: string; module: SourceModule }>();

/** Reads a file's syntax; the same text is read once. */
export function readModule(path: string, text: string): SourceModule {
  const cached = CACHE.get(path);
  if (cached?.text === text) return cached.module;

  const module = parse(path, text);
  // The first text is the project's own: an edited one does not push it out.
  if (!cached) CACHE.set(path, { text, module });
  return module;
}

function parse(path: string, text: string): SourceModule {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const names = new Names(source);
  const variables = source.statements.filter(ts.isVariableStatement);

  return {
    path,
    classes: source.statements.filter(ts.isClassDeclaration).map((node) => readClass(node, path, names)),
    constants: new Map(
      variables
        .flatMap(({ declarationList }) => declarationList.declarations)
        .map((declaration) => [declaration.name.getText(), readValue(declaration.initializer, names)] as const),
    ),
    exports: exportsOf(source),
    packages: new Set(
      source.statements
        .filter(ts.isImportDeclaration)
        .map(({ moduleSpecifier }) => moduleSpecifier)
        .filter(ts.isStringLiteral)
        .map(({ text: specifier }) => specifier)
        .filter((specifier) => !specifier.startsWith('.')),
    ),
    ...mentionsIn(source, names),
  };
}

function exportsOf(source: ts.SourceFile): Set<string> {
  return new Set(
    source.statements
      .filter((statement) => (ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []).some(isExport))
      .flatMap((statement) => {
        if (ts.isVariableStatement(statement)) {
          return statement.declarationList.declarations.map(({ name }) => name.getText());
        }
        return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
          ? (statement.name?.text ?? 'default')
          : [];
      }),
  );
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

function mentionsIn(source: ts.SourceFile, names: Names): Pick<SourceModule, 'constructed' | 'obtained' | 'types'> {
  const mentions = { constructed: new Set<Id>(), obtained: new Set<Id>(), types: new Set<Id>() };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      mentions.constructed.add(names.id(node.expression.text));
    } else if (ts.isCallExpression(node) && isGet(node.expression)) {
      node.arguments.filter(ts.isIdentifier).forEach(({ text }) => mentions.obtained.add(names.id(text)));
    } else if (ts.isPropertyAssignment(node) && node.name.getText() === 'type' && ts.isIdentifier(node.initializer)) {
      mentions.types.add(names.id(node.initializer.text));
    }
    ts.forEachChild(node, visit);
  };

  visit(source);
  return mentions;
}

function isGet(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'get';
}
