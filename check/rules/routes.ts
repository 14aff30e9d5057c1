import type { Finding } from '../finding.ts';
import { entriesOf, routesOf, type Route } from '../project/entries.ts';
import { contextOf } from '../project/naming.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, variablesOf } from '../project/template-values.ts';
import { entryOf, itemsOf, nameOf, referenceOf, referencesOf, type Value } from '../syntax/value.ts';

const AUTHORIZER = 'Authorizer';

/** Each controller has a route, of the one API, which the authorizer knows and whose path the controller can read. */
export function routeFindings(project: Project): Finding[] {
  return [
    ...routesOf(project).flatMap((route) => [
      ...withoutApi(route),
      ...pathParameters(project, route),
      ...withoutScope(project, route),
    ]),
    ...withoutFunction(project),
  ];
}

function finding({ entry }: Route, rule: string, problem: string, remedy: string): Finding {
  return { rule, subject: entry.resource.logicalId, file: TEMPLATE, problem, remedy };
}

function withoutApi(route: Route): Finding[] {
  const problem = `its event ${route.event} has no RestApiId: SAM makes an API of its own for it, which is open`;

  return route.hasApi
    ? []
    : [finding(route, 'route-without-api', problem, 'Add RestApiId: !Ref ServerlessSamApi to its Properties')];
}

/** What a route has in its path has to be a property of what the handler reads, and the handler has to read the path. */
function pathParameters(project: Project, route: Route): Finding[] {
  const { file, name } = route.entry;
  const options = optionsOf(project.moduleOf(file)?.constants.get(name));
  const dto = project.classes.get(referenceOf(entryOf(options, 'dto')) ?? '');
  const parameters = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, parameter = '']) => parameter);
  if (!dto || parameters.length === 0) return [];

  const properties = project.propertiesOf(dto);
  const rule = 'path-parameter';
  return [
    ...parameters
      .filter((parameter) => !properties.includes(parameter))
      .map((parameter) =>
        finding(
          route,
          rule,
          `its path ${route.path} has {${parameter}}, which ${dto.name} (${dto.file}) of ${name} has not`,
          `Call it as one of the DTO's properties: ${properties.join(', ')}; or add ${parameter} to the DTO`,
        ),
      ),
    ...(referencesOf(itemsOf(entryOf(options, 'from'))).some((id) => nameOf(id) === 'path')
      ? []
      : [
          finding(
            route,
            rule,
            `${name} (${file}) does not read its path ${route.path}`,
            `Add path to from: of ${name}`,
          ),
        ]),
  ];
}

/** The object that a controller is made with. */
function optionsOf(controller: Value | undefined): Value | undefined {
  return controller?.kind === 'call' ? controller.values.find(({ kind }) => kind === 'object') : undefined;
}

/** The authorizer refuses a route of no context. */
function withoutScope({ template }: Project, route: Route): Finding[] {
  const authorizer = functionsOf(template).find(({ logicalId }) => logicalId === AUTHORIZER);
  const { contexts } = variablesOf(authorizer?.properties ?? {});
  const context = contextOf(route.entry.file);
  const [, first = ''] = route.path.split('/');
  if (typeof contexts !== 'string' || contexts.split(' ').some((entry) => listsRoute(entry, context, first))) return [];

  return [
    finding(
      route,
      'route-without-scope',
      `the variable contexts of ${AUTHORIZER} does not list /${first} of ${context}, so that every request is refused`,
      `Add it there, as in ${context}=${first}: contexts is now ${contexts}`,
    ),
  ];
}

function listsRoute(entry: string, context: string, route: string): boolean {
  const [name, routes = ''] = entry.split('=');

  return name === context && routes.split(',').includes(route);
}

/** Nothing while some function names what is not there: it may be meant for this one. */
function withoutFunction(project: Project): Finding[] {
  const entries = entriesOf(project);
  const unsure = entries.some(({ file, name }) => !project.moduleOf(file)?.exports.has(name));
  if (unsure) return [];

  return project.modules
    .filter(({ path }) => /^src\/[^/]+\/[^/]+\/controllers\//.test(path))
    .flatMap(({ path, exports }) =>
      [...exports]
        .filter((name) => name.endsWith('Handler'))
        .filter((name) => !entries.some((entry) => entry.file === path && entry.name === name))
        .map((name) => ({
          rule: 'controller-without-function',
          subject: name,
          file: path,
          problem: `no function of ${TEMPLATE} has it as its Handler, so that nobody can call it`,
          remedy: `Add a function with ${name} and its route there`,
        })),
    );
}
