import type { SourceModule } from '../syntax/source-module.ts';
import {
  entryOf,
  idOf,
  itemsOf,
  nameOf,
  referenceOf,
  referencesOf,
  textOf,
  type Id,
  type Value,
} from '../syntax/value.ts';

export interface AggregateEntry {
  readonly type: Id | undefined;
  readonly repository: Id | undefined;
  /** Also those that are announced. */
  readonly events: readonly Id[];
  readonly announced: readonly Id[];
}

/** A projection, or a multi-stream projection, which has keys and no type. */
export interface ProjectionEntry {
  readonly type: Id | undefined;
  readonly repository: Id | undefined;
  readonly handler: Id | undefined;
  readonly table: string | undefined;
  readonly partitionKey: string | undefined;
  readonly sortKey: string | undefined;
  readonly aggregateKey: string | undefined;
}

/** What a context's module lists. */
export interface Context {
  readonly id: Id;
  readonly name: string;
  readonly file: string;
  readonly aggregates: readonly AggregateEntry[];
  readonly services: readonly Id[];
  readonly commandHandlers: readonly Id[];
  readonly projections: readonly ProjectionEntry[];
  readonly multiStreamProjections: readonly ProjectionEntry[];
}

/** The contexts that a file makes by `new ContextModule({ … })`. */
export function contextsIn({ path, constants }: SourceModule): Context[] {
  return [...constants].flatMap(([name, value]) =>
    value.kind === 'call' && nameOf(value.callee) === 'ContextModule' ? [contextOf(path, name, value.values[0])] : [],
  );
}

function contextOf(file: string, name: string, parts: Value | undefined): Context {
  const list = (part: string): readonly Value[] => itemsOf(entryOf(parts, part));

  return {
    id: idOf(file, name),
    name,
    file,
    aggregates: list('aggregates').map(aggregateOf),
    services: referencesOf(list('services')),
    commandHandlers: referencesOf(list('commandHandlers')),
    projections: list('projections').map(projectionOf),
    multiStreamProjections: list('multiStreamProjections').map(projectionOf),
  };
}

function aggregateOf(entry: Value): AggregateEntry {
  const announced = referencesOf(itemsOf(entryOf(entry, 'announced')));

  return {
    type: referenceOf(entryOf(entry, 'type')),
    repository: referenceOf(entryOf(entry, 'repository')),
    events: [...referencesOf(itemsOf(entryOf(entry, 'events'))), ...announced],
    announced,
  };
}

function projectionOf(entry: Value): ProjectionEntry {
  return {
    type: referenceOf(entryOf(entry, 'type')),
    repository: referenceOf(entryOf(entry, 'repository')),
    handler: referenceOf(entryOf(entry, 'handler')),
    table: textOf(entryOf(entry, 'table')),
    partitionKey: textOf(entryOf(entry, 'partitionKey')),
    sortKey: textOf(entryOf(entry, 'sortKey')),
    aggregateKey: textOf(entryOf(entry, 'aggregateKey')),
  };
}

/** What a finding calls a projection by. */
export function subjectOf({ handler, repository }: ProjectionEntry): string {
  return nameOf(repository ?? handler ?? '#a projection');
}
