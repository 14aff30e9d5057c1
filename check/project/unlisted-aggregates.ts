import type { AggregateModel } from './domain.ts';
import type { Project } from './project.ts';

/** What no module lists: its events and its repository are missing there for that alone. */
export function unlistedAggregates({ aggregates, aggregateEntries }: Project): AggregateModel[] {
  const types = new Set(aggregateEntries.map(({ entry }) => entry.type));

  return aggregates.filter(({ of }) => !types.has(of.id));
}
