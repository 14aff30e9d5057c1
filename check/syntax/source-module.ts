import ts from 'typescript';

import { readClass, type ClassSyntax } from './class-syntax.ts';
import { mentionsIn, type Mentions } from './mentions.ts';
import { Names } from './names.ts';
import { readValue } from './read-value.ts';
import { idKeysIn } from './row-keys.ts';
import type { Value } from './value.ts';

/** A file as the wiring sees it. */
export interface SourceModule extends Mentions {
  readonly path: string;
  readonly classes: readonly ClassSyntax[];
  /** Its top-level constants, exported or not. */
  readonly constants: ReadonlyMap<string, Value>;
  readonly exports: ReadonlySet<string>;
  /** The packages that it imports. */
  readonly packages: ReadonlySet<string>;
  /** The files that are loaded with it. */
  readonly loads: readonly string[];
  /** The keys that rows get an event's id by. */
  readonly idKeys: ReadonlySet<string>;
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

  return {
    path,
    classes: source.statements.filter(ts.isClassDeclaration).map((node) => readClass(node, path, names)),
    constants: constantsIn(source, names),
    exports: exportsOf(source),
    packages: names.packages,
    loads: names.loads,
    idKeys: idKeysIn(source, names),
    ...mentionsIn(source, names),
  };
}

function constantsIn(source: ts.SourceFile, names: Names): Map<string, Value> {
  return new Map(
    source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .map(({ name, initializer }) => [name.getText(), readValue(initializer, names)] as const),
  );
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
