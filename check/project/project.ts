import { parseTemplate, type Template } from '../../local/template/template.ts';
import type { Sources } from '../sources.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { readModule, type SourceModule } from '../syntax/source-module.ts';
import { idOf, nameOf, referencesOf, textOf, type Id } from '../syntax/value.ts';
import { contextsIn, type AggregateEntry, type Context, type ProjectionEntry } from './context.ts';
import { aggregateTypeOf, folderOf } from './naming.ts';

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

/** The project's sources, read: every class with what it is by this project's conventions. */
export class Project {
  readonly sources: Sources;
  readonly modules: readonly SourceModule[];
  readonly classes: ReadonlyMap<Id, ClassSyntax>;
  readonly contexts: readonly Context[];
  readonly template: Template;

  constructor(sources: Sources) {
    this.sources = sources;
    this.modules = sources.paths
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => readModule(path, sources.read(path)));
    this.classes = new Map(this.modules.flatMap(({ classes }) => classes).map((type) => [type.id, type]));
    this.contexts = this.modules.flatMap(contextsIn);
    this.template = templateOf(sources.read(TEMPLATE));
  }

  get events(): EventType[] {
    return this.classesIn('events')
      .filter((type) => this.descends(type, 'Event'))
      .map((type) => ({ of: type, name: textOf(type.statics.get('$name')) ?? '' }));
  }

  get aggregates(): AggregateModel[] {
    return this.classesIn('models')
      .filter((type) => this.descends(type, 'Aggregate'))
      .map((type) => ({ of: type, type: textOf(type.statics.get('aggregateType')) ?? '' }));
  }

  get commandHandlers(): ClassSyntax[] {
    return this.contextClasses.filter(
      ({ interfaces, decorators }) =>
        interfaces.some((id) => nameOf(id) === 'Handler') || decoratorOf(decorators, 'HandlesMessage'),
    );
  }

  get eventHandlers(): ClassSyntax[] {
    return this.contextClasses.filter(
      (type) => this.descends(type, 'ProjectionHandler') || this.descends(type, 'MultiStreamProjectionHandler'),
    );
  }

  /** Classes of the contexts, and not of the engine or the application around them. */
  get contextClasses(): ClassSyntax[] {
    return [...this.classes.values()].filter(({ file }) => this.isInContext(file));
  }

  get aggregateEntries(): { readonly context: Context; readonly entry: AggregateEntry }[] {
    return this.contexts.flatMap((context) => context.aggregates.map((entry) => ({ context, entry })));
  }

  /** Those of both kinds. */
  get projectionEntries(): { readonly context: Context; readonly entry: ProjectionEntry }[] {
    return this.contexts.flatMap((context) =>
      [...context.projections, ...context.multiStreamProjections].map((entry) => ({ context, entry })),
    );
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
    const events = this.events;

    return ids.flatMap((id) => events.find(({ of }) => of.id === id) ?? []);
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

  moduleOf(path: string): SourceModule | undefined {
    return this.modules.find((module) => module.path === path);
  }

  /** The text of the symbol that is declared here by `Symbol.for(…)`. */
  symbolOf(id: Id): string | undefined {
    return this.symbols.get(id);
  }

  get symbols(): Map<Id, string> {
    return new Map(
      this.modules.flatMap(({ path, constants }) =>
        [...constants].flatMap(([name, value]): [Id, string][] =>
          value.kind === 'call' && value.callee === 'Symbol.for'
            ? [[idOf(path, name), textOf(value.values[0]) ?? '']]
            : [],
        ),
      ),
    );
  }

  /** The events whose names are at fault: what is derived from names is told by nothing in their folder. */
  get doubtfulFolders(): Set<string> {
    const events = this.events;
    const twice = events.filter(({ name }, _, all) => all.filter((other) => other.name === name).length > 1);
    const misnamed = this.aggregateEntries.flatMap(({ entry }) => {
      const type = this.aggregates.find(({ of }) => of.id === entry.type)?.type;

      return this.eventsBy(entry.events).filter(({ name }) => aggregateTypeOf(name) !== type);
    });

    return new Set([...twice, ...misnamed].map(({ of }) => folderOf(of.file)));
  }

  /** The events that a handler's decorator names. */
  decorated(handler: ClassSyntax, decorator: string): Id[] {
    return referencesOf(decoratorOf(handler.decorators, decorator)?.values ?? []);
  }

  /** Classes of `src/<context>/<aggregate>/<folder>`. */
  private classesIn(folder: string): ClassSyntax[] {
    return this.contextClasses.filter(({ file }) => file.split('/')[3] === folder);
  }
}

const TEMPLATES = new Map<string, Template>();

function templateOf(text: string): Template {
  const template = TEMPLATES.get(text) ?? parseTemplate(text, TEMPLATE);

  TEMPLATES.set(text, template);
  return template;
}
