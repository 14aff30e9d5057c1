import type { AggregateEntry, Context, ProjectionEntry } from './context.ts';
import type { AggregateModel } from './domain.ts';

/** An entry of a context's module. */
export interface Listed<T> {
  readonly context: Context;
  readonly entry: T;
}

export function listedAggregates(contexts: readonly Context[]): Listed<AggregateEntry>[] {
  return listed(contexts, ({ aggregates }) => aggregates);
}

/** Those of both kinds. */
export function listedProjections(contexts: readonly Context[]): Listed<ProjectionEntry>[] {
  return listed(contexts, ({ projections, multiStreamProjections }) => [...projections, ...multiStreamProjections]);
}

/** What no module lists: its events and its repository are missing there for that alone. */
export function unlistedAggregates({
  aggregates,
  aggregateEntries,
}: {
  readonly aggregates: readonly AggregateModel[];
  readonly aggregateEntries: readonly Listed<AggregateEntry>[];
}): AggregateModel[] {
  const types = new Set(aggregateEntries.map(({ entry }) => entry.type));

  return aggregates.filter(({ of }) => !types.has(of.id));
}

function listed<T>(contexts: readonly Context[], entriesOf: (context: Context) => readonly T[]): Listed<T>[] {
  return contexts.flatMap((context) => entriesOf(context).map((entry) => ({ context, entry })));
}
