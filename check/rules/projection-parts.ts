import type { Finding } from '../finding.ts';
import { subjectOf, type ProjectionEntry } from '../project/context.ts';
import { isInContext } from '../project/domain.ts';
import type { Listed } from '../project/listed.ts';
import type { Project } from '../project/project.ts';
import type { ClassSyntax } from '../syntax/class-syntax.ts';
import { fileOf, nameOf, referenceOf, type Id } from '../syntax/value.ts';
import { unregisteredEventHandlers } from './handlers.ts';

/** The parts of a projection's entry in its module belong together: its handler says which. */
export function projectionPartFindings(project: Project): Finding[] {
  return project.projectionEntries.flatMap((listed) => [
    ...typeOf(project, listed),
    ...repositoryOf(project, listed),
    ...aggregateKey(project, listed),
  ]);
}

/** Not where the handler of this type is in no module: then this one stands in its place. */
function typeOf(project: Project, { context, entry }: Listed<ProjectionEntry>): Finding[] {
  const handler = project.code.classes.get(entry.handler ?? '');
  const made = madeBy(handler);
  if (!handler || made === undefined || entry.type === undefined || entry.type === made) return [];
  if (unregisteredEventHandlers(project).some((other) => madeBy(other) === entry.type)) return [];

  return [
    {
      rule: 'projection-type',
      subject: subjectOf(entry),
      file: context.file,
      problem: `its type is ${nameOf(entry.type)}, and ${handler.name} (${handler.file}) makes rows of ${nameOf(made)}`,
      remedy: `Write type: ${nameOf(made)}`,
    },
  ];
}

/** Not where a handler or its repository is in no module, which is told. */
function repositoryOf(project: Project, { context, entry }: Listed<ProjectionEntry>): Finding[] {
  const { handler: id = '', repository } = entry;
  const handler = project.code.classes.get(id);
  const listed = project.projectionEntries.map((other) => other.entry.repository);
  const injected = (handler?.injected ?? []).filter((other) => isInContext(fileOf(other)));
  if (!handler || repository === undefined || injected.length === 0 || injected.includes(repository)) return [];
  if (!injected.every((other) => listed.includes(other)) || unregisteredEventHandlers(project).length > 0) return [];

  return [
    {
      rule: 'projection-repository',
      subject: handler.name,
      file: handler.file,
      problem: `it injects ${injected.map(nameOf).join(', ')}, and its projection in ${context.file} has the repository ${nameOf(repository)}`,
      remedy: `Write @inject(${nameOf(repository)}) in its constructor`,
    },
  ];
}

/** The class of the rows. */
function madeBy(handler: ClassSyntax | undefined): Id | undefined {
  return referenceOf(handler?.superValues[2]);
}

/** Which key holds the followed aggregate's id is seen where rows are put and removed. */
function aggregateKey(project: Project, { context, entry }: Listed<ProjectionEntry>): Finding[] {
  const { partitionKey = '(no text)', sortKey = '(no text)', aggregateKey: actual = '(no text)' } = entry;
  const keys = [partitionKey, sortKey];
  if (!context.multiStreamProjections.includes(entry)) return [];

  const finding = { rule: 'aggregate-key', subject: subjectOf(entry), file: context.file };
  const right = idKeysOf(project, entry.handler).filter((key) => keys.includes(key));
  if (right.length > 0 && !right.includes(actual)) {
    return [
      {
        ...finding,
        problem: `its aggregateKey is ${actual}, and the id of the events that ${nameOf(entry.handler ?? '#its handler')} follows is put under ${right.join(', ')}`,
        remedy: `Write aggregateKey: '${right[0] ?? ''}'`,
      },
    ];
  }
  if (keys.includes(actual)) return [];
  return [
    {
      ...finding,
      problem: `its aggregateKey ${actual} is neither its partitionKey nor its sortKey`,
      remedy: `Write which of ${keys.join(' and ')} is the id of the aggregate that its handler follows`,
    },
  ];
}

/** Of its handler, and of what that loads of its context. */
function idKeysOf({ code }: Project, handler: Id | undefined): string[] {
  const file = code.classes.get(handler ?? '')?.file;
  const module = code.moduleOf(file ?? '');
  const loaded = (module?.loads ?? []).filter(isInContext).flatMap((path) => code.moduleOf(path) ?? []);

  return [...(module ? [module] : []), ...loaded].flatMap(({ idKeys }) => [...idKeys]);
}
