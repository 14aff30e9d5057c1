import type { Finding } from '../finding.ts';
import type { AggregateModel } from '../project/domain.ts';
import { doubtfulFolders } from '../project/doubtful-folders.ts';
import { folderOf, whenOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import { methodsAgainst } from './methods.ts';

/** Each event has the method that changes its aggregate's state, and all of that state is kept in a snapshot. */
export function aggregateFindings(project: Project): Finding[] {
  const doubtful = doubtfulFolders(project);

  return project.aggregates.flatMap((aggregate) => [
    ...(doubtful.has(folderOf(aggregate.of.file)) ? [] : methodFindings(project, aggregate)),
    ...stateFindings(aggregate),
    ...restoreFindings(aggregate),
  ]);
}

function methodFindings(project: Project, { of, type }: AggregateModel): Finding[] {
  const expected = project.eventsOf(type).map((event) => ({ method: whenOf(event.name), event }));

  return methodsAgainst(project, of, { prefix: 'when', expected, needed: expected });
}

function stateFindings({ of }: AggregateModel): Finding[] {
  return of.properties
    .filter(({ name }) => !of.holdsInState(name))
    .map(({ name }) => ({
      rule: 'property-not-in-state',
      subject: of.name,
      file: of.file,
      problem: `its property ${name} is not in what get state() returns, so that a snapshot loses it`,
      remedy: `Add ${name} to get state() and to restoreState(), and raise stateVersion`,
    }));
}

function restoreFindings({ of }: AggregateModel): Finding[] {
  const lost = of.properties
    .map(({ name }) => name)
    .filter((name) => of.holdsInState(name) && of.restores?.(name) === false);
  if (lost.length === 0) return [];

  return [
    {
      rule: 'property-not-restored',
      subject: of.name,
      file: of.file,
      problem: `restoreState() does not set ${lost.join(', ')}, which is lost when a snapshot is read`,
      remedy: `Set ${lost.map((name) => `this.${name}`).join(', ')} in restoreState()`,
    },
  ];
}
