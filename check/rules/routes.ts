import type { Finding } from '../finding.ts';
import { entriesOf, routesOf, type Route } from '../project/entries.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { entryOf, itemsOf, nameOf, referenceOf, referencesOf, type Value } from '../syntax/value.ts';

/** Each controller has a route, of an API of the template, whose path the controller can read. */
export function routeFindings(project: Project): Finding[] {
  return [
    ...routesOf(project).flatMap((route) => [...withoutApi(project, route), ...pathParameters(project, route)]),
    ...withoutFunction(project),
  ];
}

function finding({ entry }: Route, rule: string, problem: string, remedy: string): Finding {
  return { rule, subject: entry.resource.logicalId, file: TEMPLATE, problem, remedy };
}

function withoutApi({ template }: Project, route: Route): Finding[] {
  const apis = [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::Serverless::Api')
    .map(({ logicalId }) => logicalId);
  if (route.api !== undefined && apis.includes(route.api)) return [];

  const remedy = `RestApiId: !Ref ${apis[0] ?? 'NAME'}`;
  return [
    route.hasApi
      ? finding(
          route,
          'route-without-api',
          `the RestApiId ${route.api ?? '(another form)'} of its event ${route.event} is no API of the template`,
          `Write ${remedy} there`,
        )
      : finding(
          route,
          'route-without-api',
          `its event ${route.event} has no RestApiId: SAM makes an API of its own for it, which is open`,
          `Add ${remedy} to its Properties`,
        ),
  ];
}

/** What a route has in its path has to be a property of what the handler reads, and the handler has to read the path. */
function pathParameters(project: Project, route: Route): Finding[] {
  const { file, name } = route.entry;
  const options = optionsOf(project.code.moduleOf(file)?.constants.get(name));
  const dto = project.code.classes.get(referenceOf(entryOf(options, 'dto')) ?? '');
  const parameters = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, parameter = '']) => parameter);
  if (!dto || parameters.length === 0) return [];

  const properties = project.code.propertiesOf(dto);
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

/** Nothing while some function names what is not there: it may be meant for this one. */
function withoutFunction(project: Project): Finding[] {
  const entries = entriesOf(project);
  const unsure = entries.some(({ file, name }) => !project.code.moduleOf(file)?.exports.has(name));
  if (unsure) return [];

  return project.code.modules
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
