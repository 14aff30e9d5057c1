import type { Sources } from '../sources.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { readModule, type SourceModule } from '../syntax/source-module.ts';
import { idOf, nameOf, referencesOf, textOf, type Id } from '../syntax/value.ts';

/** The sources without their tests: modules, classes, and how both stand on each other. */
export class Code {
  readonly modules: readonly SourceModule[];
  readonly classes: ReadonlyMap<Id, ClassSyntax>;
  /** The texts of the symbols that are declared by `Symbol.for(…)`. */
  readonly symbols: ReadonlyMap<Id, string>;
  private readonly byPath: ReadonlyMap<string, SourceModule>;

  constructor(sources: Sources) {
    this.modules = sources.paths
      .filter((path) => path.endsWith('.ts') && !/\.spec\.ts$|^src\/[^/]+\/test\//.test(path))
      .map((path) => readModule(path, sources.read(path)));
    this.byPath = new Map(this.modules.map((module) => [module.path, module]));
    this.classes = new Map(this.modules.flatMap(({ classes }) => classes).map((type) => [type.id, type]));
    this.symbols = new Map(this.modules.flatMap(symbolsIn));
  }

  moduleOf(path: string): SourceModule | undefined {
    return this.byPath.get(path);
  }

  /** A module and all that it loads, directly or by others. */
  loadedBy(path: string): SourceModule[] {
    const found = new Map<string, SourceModule>();
    const waiting = [path];

    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const module = this.byPath.get(next);
      if (!module || found.has(next)) continue;
      found.set(next, module);
      waiting.push(...module.loads);
    }
    return [...found.values()];
  }

  /** Whether a class extends one of these names, directly or by others. */
  descends({ base }: ClassSyntax, ...names: readonly string[]): boolean {
    if (base === undefined) return false;
    if (names.includes(nameOf(base))) return true;

    const parent = this.classes.get(base);
    return parent !== undefined && this.descends(parent, ...names);
  }

  /** Properties of a class and of those that it extends. */
  propertiesOf({ properties, base }: ClassSyntax): string[] {
    const parent = base === undefined ? undefined : this.classes.get(base);

    return [...properties.map(({ name }) => name), ...(parent ? this.propertiesOf(parent) : [])];
  }

  /** Methods of a class and of those that it extends. */
  methodsOf({ methods, base }: ClassSyntax): string[] {
    const parent = base === undefined ? undefined : this.classes.get(base);

    return [...methods, ...(parent ? this.methodsOf(parent) : [])];
  }
}

/** What a decorator of a class names: `[UserUpdated]` of `@HandlesEvent(UserUpdated)`. */
export function decorated({ decorators }: ClassSyntax, decorator: string): Id[] {
  return referencesOf(decoratorOf(decorators, decorator)?.values ?? []);
}

function symbolsIn({ path, constants }: SourceModule): [Id, string][] {
  return [...constants].flatMap(([name, value]): [Id, string][] =>
    value.kind === 'call' && value.callee === 'Symbol.for' ? [[idOf(path, name), textOf(value.values[0]) ?? '']] : [],
  );
}
