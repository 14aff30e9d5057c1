import type { Finding } from '../finding.ts';
import { doubtfulFolders } from '../project/doubtful-folders.ts';
import { folderOf, nearest, whenOf } from '../project/naming.ts';
import type { AggregateModel, Project } from '../project/project.ts';

/** Each event has the method that changes its aggregate's state, and all of that state is in `get state()`. */
export function aggregateFindings(project: Project): Finding[] {
  const doubtful = doubtfulFolders(project);

  return project.aggregates.flatMap((aggregate) => [
    ...(doubtful.has(folderOf(aggregate.of.file)) ? [] : methodFindings(project, aggregate)),
    ...stateFindings(aggregate),
  ]);
}

function methodFindings(project: Project, { of, type }: AggregateModel): Finding[] {
  const events = project.eventsOf(type);
  const expected = events.map(({ name }) => whenOf(name));
  const methods = project.methodsOf(of);
  const missing = events.filter(({ name }) => !methods.includes(whenOf(name)));
  const unknown = of.methods.filter((method) => /^when[A-Z]/.test(method) && !expected.includes(method));

  return [
    ...missing.map(({ of: event, name }) => ({
      rule: 'when-method',
      subject: of.name,
      file: of.file,
      problem: `it has no method ${whenOf(name)} for ${event.name} (${name})`,
      remedy: renamed(whenOf(name), unknown) ?? `Add ${whenOf(name)}(event: ${event.name}), which changes the state`,
    })),
    ...unknown.map((method) => ({
      rule: 'when-method',
      subject: of.name,
      file: of.file,
      problem: `its method ${method} is called by no event: none is ${type}/${method.charAt(4).toLowerCase()}${method.slice(5)}`,
      remedy: meant(method, expected, 'when'),
    })),
  ];
}

/** What to do about a method that no event calls. */
export function meant(method: string, expected: readonly string[], prefix: string): string {
  const other = nearest(method, expected);

  return other ? `Rename it to ${other}` : `Name it ${prefix}… after an event, or remove it`;
}

/** What to do about a method that is missing where there is one that is nearly it. */
export function renamed(method: string, unknown: readonly string[]): string | undefined {
  const other = nearest(method, unknown);

  return other && `Rename ${other} to ${method}`;
}

function stateFindings({ of }: AggregateModel): Finding[] {
  const state = of.getters.get('state') ?? new Set();

  return of.properties
    .filter(({ name }) => !state.has(name))
    .map(({ name }) => ({
      rule: 'property-not-in-state',
      subject: of.name,
      file: of.file,
      problem: `its property ${name} is not in get state(), so that a snapshot loses it`,
      remedy: `Add ${name} to get state() and to restoreState(), and raise stateVersion`,
    }));
}
