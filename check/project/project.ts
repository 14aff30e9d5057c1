import { parseTemplate, type Template } from '../../local/template/template.ts';
import type { Sources } from '../sources.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { readModule, type SourceModule } from '../syntax/source-module.ts';
import { idOf, nameOf, referencesOf, textOf, type Id } from '../syntax/value.ts';
import { contextsIn, type AggregateEntry, type Context, type ProjectionEntry } from './context.ts';
import { aggregateTypeOf } from './naming.ts';

export const TEMPLATE = 'template.yaml';

export interface EventType {
  readonly of: ClassSyntax;
  /** Its `$name`; empty where it has none. */
  readonly name: string;
}

export interface AggregateModel {
  readonly of: ClassSyntax;
  readonly type: string;
}

/** An entry of a context's module. */
export interface Listed<T> {
  readonly context: Context;
  readonly entry: T;
}

/**
 * The project's sources, read as texts: every class with what it is by this project's conventions. Throws an error that names the
 * file that is missing or cannot be read.
 */
export class Project {
  readonly sources: Sources;
  readonly modules: readonly SourceModule[];
  readonly classes: ReadonlyMap<Id, ClassSyntax>;
  readonly contexts: readonly Context[];
  readonly template: Template;
  /** Classes of the contexts, and not of the engine or the application around them. */
  readonly contextClasses: readonly ClassSyntax[];
  readonly events: readonly EventType[];
  readonly aggregates: readonly AggregateModel[];
  readonly commandHandlers: readonly ClassSyntax[];
  readonly eventHandlers: readonly ClassSyntax[];
  readonly aggregateEntries: readonly Listed<AggregateEntry>[];
  /** Those of both kinds. */
  readonly projectionEntries: readonly Listed<ProjectionEntry>[];
  /** The texts of the symbols that are declared by `Symbol.for(…)`. */
  readonly symbols: ReadonlyMap<Id, string>;

  constructor(sources: Sources) {
    this.sources = sources;
    this.modules = sources.paths
      .filter((path) => path.endsWith('.ts') && !/\.spec\.ts$|^src\/[^/]+\/test\//.test(path))
      .map((path) => readModule(path, sources.read(path)));
    this.classes = new Map(this.modules.flatMap(({ classes }) => classes).map((type) => [type.id, type]));
    this.contexts = this.modules.flatMap(contextsIn);
    this.template = templateOf(sources.read(TEMPLATE));
    this.contextClasses = [...this.classes.values()].filter(({ file }) => this.isInContext(file));
    this.events = this.classesIn('events', 'Event').map((of) => ({ of, name: textOf(of.statics.get('$name')) ?? '' }));
    this.aggregates = this.classesIn('models', 'Aggregate').map((of) => ({
      of,
      type: textOf(of.statics.get('aggregateType')) ?? '',
    }));
    this.commandHandlers = this.contextClasses.filter(isCommandHandler);
    this.eventHandlers = this.contextClasses.filter(
      (type) =>
        !type.isAbstract &&
        (this.descends(type, 'ProjectionHandler') || this.descends(type, 'MultiStreamProjectionHandler')),
    );
    this.aggregateEntries = listed(this.contexts, ({ aggregates }) => aggregates);
    this.projectionEntries = listed(this.contexts, ({ projections, multiStreamProjections }) => [
      ...projections,
      ...multiStreamProjections,
    ]);
    this.symbols = new Map(this.modules.flatMap(symbolsIn));
  }

  /** A context has its module in its folder, and its parts in folders of their own. */
  isInContext(file: string): boolean {
    return !/^src\/(?:app|event-store|functions|shared-kernel)\//.test(file) && file.split('/').length > 3;
  }

  /** The events that are called as this aggregate's are. */
  eventsOf(aggregateType: string): EventType[] {
    return this.events.filter(({ name }) => aggregateTypeOf(name) === aggregateType);
  }

  eventsBy(ids: readonly Id[]): EventType[] {
    return ids.flatMap((id) => this.events.find(({ of }) => of.id === id) ?? []);
  }

  /** Whether a class extends one of this name, directly or by others. */
  descends({ base }: ClassSyntax, name: string): boolean {
    if (base === undefined) return false;
    if (nameOf(base) === name) return true;

    const parent = this.classes.get(base);
    return parent !== undefined && this.descends(parent, name);
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

  moduleOf(path: string): SourceModule | undefined {
    return this.modules.find((module) => module.path === path);
  }

  /** The events that a handler's decorator names. */
  decorated(handler: ClassSyntax, decorator: string): Id[] {
    return referencesOf(decoratorOf(handler.decorators, decorator)?.values ?? []);
  }

  /** Classes of `src/<context>/<aggregate>/<folder>` that extend one of this name. */
  private classesIn(folder: string, base: string): ClassSyntax[] {
    return this.contextClasses.filter(
      (type) => !type.isAbstract && type.file.split('/')[3] === folder && this.descends(type, base),
    );
  }
}

function isCommandHandler({ interfaces, decorators }: ClassSyntax): boolean {
  return interfaces.some((id) => nameOf(id) === 'Handler') || decoratorOf(decorators, 'HandlesMessage') !== undefined;
}

function listed<T>(contexts: readonly Context[], entriesOf: (context: Context) => readonly T[]): Listed<T>[] {
  return contexts.flatMap((context) => entriesOf(context).map((entry) => ({ context, entry })));
}

function symbolsIn({ path, constants }: SourceModule): [Id, string][] {
  return [...constants].flatMap(([name, value]): [Id, string][] =>
    value.kind === 'call' && value.callee === 'Symbol.for' ? [[idOf(path, name), textOf(value.values[0]) ?? '']] : [],
  );
}

const TEMPLATES = new Map<string, Template>();

function templateOf(text: string): Template {
  const template = TEMPLATES.get(text) ?? parseTemplate(text, TEMPLATE);

  TEMPLATES.set(text, template);
  return template;
}
