import type { EventType } from './domain.ts';
import { aggregateTypeOf, folderOf } from './naming.ts';
import type { Project } from './project.ts';

/** The folders of events whose names are at fault: of what is derived from those names, nothing is told in their folders. */
export function doubtfulFolders(project: Project): Set<string> {
  const { events, aggregates } = project;
  const twice = events.filter(({ name }) => events.filter((other) => other.name === name).length > 1);
  const sharing = aggregates.filter(({ type }) => aggregates.filter((other) => other.type === type).length > 1);

  const wrong = misnamed(project);
  const claimed = wrong.map(({ name }) => aggregateTypeOf(name));
  const victims = aggregates.filter(({ type }) => claimed.includes(type));

  return new Set([...twice, ...wrong, ...sharing, ...victims].map(({ of }) => folderOf(of.file)));
}

function misnamed(project: Project): EventType[] {
  return project.aggregateEntries.flatMap(({ entry }) => {
    const type = project.aggregates.find(({ of }) => of.id === entry.type)?.type;

    return project.eventsBy(entry.events).filter(({ name }) => aggregateTypeOf(name) !== type);
  });
}
