import { parseTemplate, type Template } from '../../local/template/template.ts';
import type { Sources } from '../sources.ts';
import type { ClassSyntax } from '../syntax/class-syntax.ts';
import type { Id } from '../syntax/value.ts';
import { Code } from './code.ts';
import { contextsIn, type AggregateEntry, type Context, type ProjectionEntry } from './context.ts';
import {
  aggregatesIn,
  commandHandlersIn,
  contextClassesIn,
  eventHandlersIn,
  eventsIn,
  type AggregateModel,
  type EventType,
} from './domain.ts';
import { listedAggregates, listedProjections, type Listed } from './listed.ts';
import { aggregateTypeOf } from './naming.ts';

export const TEMPLATE = 'template.yaml';

/**
 * The project, read as texts: its code with what each class is by this project's conventions, and its template. Throws an error that
 * names the file that is missing or cannot be read.
 */
export class Project {
  readonly sources: Sources;
  readonly code: Code;
  readonly template: Template;
  readonly contexts: readonly Context[];
  readonly aggregateEntries: readonly Listed<AggregateEntry>[];
  readonly projectionEntries: readonly Listed<ProjectionEntry>[];
  readonly contextClasses: readonly ClassSyntax[];
  readonly events: readonly EventType[];
  readonly aggregates: readonly AggregateModel[];
  readonly commandHandlers: readonly ClassSyntax[];
  readonly eventHandlers: readonly ClassSyntax[];

  constructor(sources: Sources) {
    this.sources = sources;
    this.code = new Code(sources);
    this.template = templateOf(sources.read(TEMPLATE));
    this.contexts = this.code.modules.flatMap(contextsIn);
    this.aggregateEntries = listedAggregates(this.contexts);
    this.projectionEntries = listedProjections(this.contexts);
    this.contextClasses = contextClassesIn(this.code);
    this.events = eventsIn(this.code);
    this.aggregates = aggregatesIn(this.code, this.events, this.aggregateEntries);
    const listed = new Set(this.contexts.flatMap(({ commandHandlers }) => commandHandlers));
    this.commandHandlers = commandHandlersIn(this.contextClasses, listed);
    this.eventHandlers = eventHandlersIn(this.code, this.contextClasses);
  }

  /** The events that are called as this aggregate's are. */
  eventsOf(aggregateType: string): EventType[] {
    return this.events.filter(({ name }) => aggregateTypeOf(name) === aggregateType);
  }

  eventsBy(ids: readonly Id[]): EventType[] {
    return ids.flatMap((id) => this.events.find(({ of }) => of.id === id) ?? []);
  }
}

const TEMPLATES = new Map<string, Template>();

function templateOf(text: string): Template {
  const template = TEMPLATES.get(text) ?? parseTemplate(text, TEMPLATE);

  TEMPLATES.set(text, template);
  return template;
}
