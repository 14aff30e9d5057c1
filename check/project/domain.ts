import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { nameOf, textOf, type Id } from '../syntax/value.ts';
import type { Code } from './code.ts';
import type { AggregateEntry } from './context.ts';
import type { Listed } from './listed.ts';
import { aggregateTypeOf, contextOf, pathOf } from './naming.ts';

export interface EventType {
  readonly of: ClassSyntax;
  /** Its `$name`; empty where it has none. */
  readonly name: string;
}

export interface AggregateModel {
  readonly of: ClassSyntax;
  /** Its `aggregateType`; empty where it has none. */
  readonly declaredType: string;
  /** What it should be: the one that its events' names begin with, where all begin with the same. */
  readonly type: string;
}

/** A context has its module in its folder, and its parts in folders of their own. */
export function isInContext(file: string): boolean {
  return !/^src\/(?:app|event-store|functions|shared-kernel)\//.test(file) && file.split('/').length > 3;
}

/** Classes of the contexts, and not of the engine or the application around them. */
export function contextClassesIn({ classes }: Code): ClassSyntax[] {
  return [...classes.values()].filter(({ file }) => isInContext(file));
}

export function eventsIn(code: Code): EventType[] {
  return classesIn(code, 'events', 'Event').map((of) => ({ of, name: textOf(of.statics.get('$name')) ?? '' }));
}

export function aggregatesIn(
  code: Code,
  events: readonly EventType[],
  entries: readonly Listed<AggregateEntry>[],
): AggregateModel[] {
  return classesIn(code, 'models', 'Aggregate').map((of) => {
    const declaredType = textOf(of.statics.get('aggregateType')) ?? '';
    const listed = entries.filter(({ entry }) => entry.type === of.id).flatMap(({ entry }) => entry.events);
    const names = events.filter(({ of: event }) => listed.includes(event.id)).map(({ name }) => name);

    return { of, declaredType, type: typeBy(names, declaredType, of.file) };
  });
}

/** One event against its aggregate proves nothing: then the one is right that is called as its folder. */
function typeBy(names: readonly string[], declaredType: string, file: string): string {
  const [type, ...others] = new Set(names.map(aggregateTypeOf));
  if (!type || others.length > 0) return declaredType;

  return names.length === 1 && declaredType.endsWith(`/${pathOf(file)}`) ? declaredType : type;
}

/** By what it says that it is, by the module's list, or by the name of its file. */
export function commandHandlersIn(classes: readonly ClassSyntax[], listed: ReadonlySet<Id>): ClassSyntax[] {
  return classes.filter((type) => {
    const has = (decorator: string): boolean => decoratorOf(type.decorators, decorator) !== undefined;

    return (
      listed.has(type.id) ||
      has('HandlesMessage') ||
      type.interfaces.some((id) => nameOf(id) === 'Handler') ||
      (has('injectable') && /\/commands\/[^/]+\.handler\.ts$/.test(type.file))
    );
  });
}

export function eventHandlersIn(code: Code, classes: readonly ClassSyntax[]): ClassSyntax[] {
  return classes.filter(
    (type) =>
      !type.isAbstract &&
      (code.descends(type, 'ProjectionHandler', 'MultiStreamProjectionHandler', 'CheckpointedHandler') ||
        type.interfaces.some((id) => nameOf(id) === 'EventHandler') ||
        decoratorOf(type.decorators, 'HandlesEvent')),
  );
}

/** The file of the context's module. */
export function moduleFile(file: string): string {
  const context = contextOf(file);

  return `src/${context}/${context}.module.ts`;
}

/** Classes of `src/<context>/<aggregate>/<folder>` that extend one of this name. */
function classesIn(code: Code, folder: string, base: string): ClassSyntax[] {
  return contextClassesIn(code).filter(
    (type) => !type.isAbstract && type.file.split('/')[3] === folder && code.descends(type, base),
  );
}
