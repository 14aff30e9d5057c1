import type { AggregateEntry, Context, ProjectionEntry } from './context.ts';

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

function listed<T>(contexts: readonly Context[], entriesOf: (context: Context) => readonly T[]): Listed<T>[] {
  return contexts.flatMap((context) => entriesOf(context).map((entry) => ({ context, entry })));
}
