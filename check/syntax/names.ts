import { posix } from 'node:path';
import ts from 'typescript';

import { idOf, type Id } from './value.ts';

/** What the names of one file stand for, by its imports. */
export class Names {
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
    if (!ts.isStringLiteral(moduleSpecifier) || !importClause) return;

    const from = this.fileOf(moduleSpecifier.text);
    const { name, namedBindings } = importClause;

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
