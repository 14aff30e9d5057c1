import { aggregateTypeOf, folderOf } from './naming.ts';
import type { Project } from './project.ts';

/** The folders of events whose names are at fault: of what is derived from those names, nothing is told in their folders. */
export function doubtfulFolders(project: Project): Set<string> {
  const { events } = project;
  const twice = events.filter(({ name }) => events.filter((other) => other.name === name).length > 1);
  const misnamed = project.aggregateEntries.flatMap(({ entry }) => {
    const type = project.aggregates.find(({ of }) => of.id === entry.type)?.type;

    return project.eventsBy(entry.events).filter(({ name }) => aggregateTypeOf(name) !== type);
  });

  return new Set([...twice, ...misnamed].map(({ of }) => folderOf(of.file)));
}
