import type { Finding } from '../finding.ts';
import { isInContext, moduleFile } from '../project/domain.ts';
import { folderOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import { unlistedAggregates } from '../project/unlisted-aggregates.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { fileOf, nameOf, type Id } from '../syntax/value.ts';
import { unregisteredEventHandlers } from './handlers.ts';

/** What is injected is bound by a module, and what is bound can be made. */
export function injectionFindings(project: Project): Finding[] {
  return [
    ...notInjectable(project),
    ...services(project),
    ...repositories(project),
    ...modules(project),
    ...otherTypes(project),
  ];
}

function notInjectable(project: Project): Finding[] {
  const bound = new Set<Id | undefined>([
    ...project.contexts.flatMap(({ services, commandHandlers }) => [...services, ...commandHandlers]),
    ...project.projectionEntries.map(({ entry }) => entry.handler),
  ]);

  return project.contextClasses
    .filter(({ id, injected }) => bound.has(id) || injected.length > 0)
    .filter(({ decorators }) => !decoratorOf(decorators, 'injectable'))
    .map(({ name, file }) => ({
      rule: 'not-injectable',
      subject: name,
      file,
      problem: 'it has no @injectable(), so that the container cannot make it',
      remedy: 'Add @injectable() above the class',
    }));
}

/** What is injected anywhere, or asked of the container. */
function askedFor({ code }: Project): Set<Id> {
  return new Set(
    code.modules.flatMap(({ classes, obtained }) => [...obtained, ...classes.flatMap(({ injected }) => injected)]),
  );
}

/** Decorators are not type-checked: what is injected may be something else than the parameter's type says. */
function otherTypes({ code, contextClasses }: Project): Finding[] {
  return contextClasses.flatMap(({ name, file, injections }) =>
    injections
      .filter(({ id, type }) => type !== undefined && type !== id && (code.symbols.has(type) || code.classes.has(type)))
      .map(({ id, type = '' }) => ({
        rule: 'inject-of-another-type',
        subject: name,
        file,
        problem: `its constructor asks for ${nameOf(type)} by @inject(${nameOf(id)})`,
        remedy: `Write @inject(${nameOf(type)})`,
      })),
  );
}

function services(project: Project): Finding[] {
  const listed = new Set(project.contexts.flatMap((context) => context.services));
  const handlers = new Set([...project.commandHandlers, ...project.eventHandlers].map(({ id }) => id));
  const asked = askedFor(project);

  return project.contextClasses
    .filter(({ id }) => !listed.has(id) && !handlers.has(id))
    .filter(({ id, decorators }) => asked.has(id) || decoratorOf(decorators, 'injectable'))
    .map(({ name, file }) => ({
      rule: 'service-not-listed',
      subject: name,
      file,
      problem: 'no module lists it, so that it cannot be injected',
      remedy: `Add ${name} to services in ${moduleFile(file)}`,
    }));
}

function repositories(project: Project): Finding[] {
  const listed = new Set(
    [...project.aggregateEntries, ...project.projectionEntries].map(({ entry }) => entry.repository),
  );
  // A handler or an aggregate that is not registered is the mistake, and its repository comes with it.
  const coming = new Set(unregisteredEventHandlers(project).flatMap(({ injected }: ClassSyntax) => injected));
  const folders = new Set(unlistedAggregates(project).map(({ of }) => folderOf(of.file)));

  return [...askedFor(project)]
    .filter((id) => project.code.symbols.has(id) && isInContext(fileOf(id)))
    .filter((id) => !listed.has(id) && !coming.has(id) && !folders.has(folderOf(fileOf(id))))
    .map((id) => ({
      rule: 'repository-in-no-module',
      subject: nameOf(id),
      file: fileOf(id),
      problem: 'it is injected, and no module binds it',
      remedy: `Add it as repository of its aggregate or its projection in ${moduleFile(fileOf(id))}`,
    }));
}

function modules(project: Project): Finding[] {
  const file = 'src/contexts.ts';
  const list = project.code.moduleOf(file)?.constants.get('CONTEXTS');
  const listed = new Set(
    list?.kind === 'list' ? list.items.map((item) => (item.kind === 'reference' ? item.id : '')) : [],
  );

  return project.contexts
    .filter(({ id }) => !listed.has(id))
    .map((context) => ({
      rule: 'module-not-in-contexts',
      subject: context.name,
      file: context.file,
      problem: `${file} does not list it, so that its events reach no projection and no snapshot`,
      remedy: `Add ${context.name} to CONTEXTS in ${file}`,
    }));
}
