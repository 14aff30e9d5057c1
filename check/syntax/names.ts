import { posix } from 'node:path';
import ts from 'typescript';

import { idOf, type Id } from './value.ts';

/** What the names of one file stand for, by its imports. */
export class Names {
  /** The packages that it imports. */
  readonly packages = new Set<string>();
  /** The files that are loaded with it: not those of its types. */
  readonly loads: string[] = [];
  private readonly imported = new Map<string, Id>();
  private readonly source: ts.SourceFile;

  constructor(source: ts.SourceFile) {
    this.source = source;
    source.statements.filter(ts.isImportDeclaration).forEach((declaration) => {
      this.read(declaration);
    });
  }

  /** A name that is not imported is the file's own. */
  id(name: string): Id {
    return this.imported.get(name) ?? idOf(this.source.fileName, name);
  }

  private read({ moduleSpecifier, importClause }: ts.ImportDeclaration): void {
    if (!ts.isStringLiteral(moduleSpecifier)) return;

    const from = this.fileOf(moduleSpecifier.text);
    const isOurs = moduleSpecifier.text.startsWith('.');

    if (!isOurs) this.packages.add(from);
    else if (importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) this.loads.push(from);
    if (importClause) this.name(importClause, from);
  }

  private name({ name, namedBindings }: ts.ImportClause, from: string): void {
    if (name) this.imported.set(name.text, idOf(from, 'default'));
    if (namedBindings && ts.isNamedImports(namedBindings)) {
      namedBindings.elements.forEach((element) => {
        this.imported.set(element.name.text, idOf(from, (element.propertyName ?? element.name).text));
      });
    }
  }

  private fileOf(specifier: string): string {
    if (!specifier.startsWith('.')) return specifier;
    return `${posix.join(posix.dirname(this.source.fileName), specifier).replace(/\.ts$/, '')}.ts`;
  }
}
