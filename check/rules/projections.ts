import type { Finding } from '../finding.ts';
import { doubtfulFolders } from '../project/doubtful-folders.ts';
import { aggregateTypeOf, applyOf, folderOf } from '../project/naming.ts';
import type { EventType, Project } from '../project/project.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { referenceOf } from '../syntax/value.ts';
import { meant, renamed } from './aggregates.ts';

interface Followed {
  readonly project: Project;
  readonly handler: ClassSyntax;
  readonly projection: ClassSyntax;
  readonly handled: readonly EventType[];
  readonly ignored: readonly EventType[];
  /** All events of the aggregate that the projection is made of. */
  readonly own: readonly EventType[];
}

/** A projection's handler says of each of its aggregate's events whether it handles it, and the projection can apply what is handled. */
export function projectionFindings(project: Project): Finding[] {
  const doubtful = doubtfulFolders(project);

  return project.eventHandlers
    .filter(({ file, decorators }) => !doubtful.has(folderOf(file)) && decoratorOf(decorators, 'HandlesEvent'))
    .flatMap((handler) => followedBy(project, handler))
    .flatMap((followed) => [...forgotten(followed), ...methodFindings(followed)]);
}

/** Nothing for a multi-stream projection: which events it needs is its own affair. */
function followedBy(project: Project, handler: ClassSyntax): Followed[] {
  const projection = project.classes.get(referenceOf(handler.superValues[2]) ?? '');
  const handled = project.eventsBy(project.decorated(handler, 'HandlesEvent'));
  const ignored = project.eventsBy(project.decorated(handler, 'IgnoresEvent'));
  const [first] = handled;
  if (!projection || !first) return [];

  return [{ project, handler, projection, handled, ignored, own: project.eventsOf(aggregateTypeOf(first.name)) }];
}

function forgotten({ handler, handled, ignored, own }: Followed): Finding[] {
  const known = new Set([...handled, ...ignored].map(({ of }) => of.id));

  return own
    .filter(({ of }) => !known.has(of.id))
    .map(({ of }) => ({
      rule: 'event-neither-handled-nor-ignored',
      subject: handler.name,
      file: handler.file,
      problem: `${of.name} is missing in its @HandlesEvent`,
      remedy: `Add ${of.name} to @HandlesEvent, or, if the projection does not need it, to @IgnoresEvent`,
    }));
}

function methodFindings({ project, projection, handled, own }: Followed): Finding[] {
  const expected = own.map(({ name }) => applyOf(name));
  const methods = project.methodsOf(projection);
  const missing = handled.filter(({ name }) => !methods.includes(applyOf(name)));
  const unknown = projection.methods.filter((method) => /^apply[A-Z]/.test(method) && !expected.includes(method));

  return [
    ...missing.map(({ of, name }) => ({
      rule: 'apply-method',
      subject: projection.name,
      file: projection.file,
      problem: `it has no method ${applyOf(name)} for ${of.name} (${name}), which its handler handles`,
      remedy: renamed(applyOf(name), unknown) ?? `Add ${applyOf(name)}(event: ${of.name})`,
    })),
    ...unknown.map((method) => ({
      rule: 'apply-method',
      subject: projection.name,
      file: projection.file,
      problem: `its method ${method} is called by no event`,
      remedy: meant(method, expected, 'apply'),
    })),
  ];
}
