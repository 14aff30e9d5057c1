import type { Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { attributeIn, functionsOf, sectionOf } from '../project/template-values.ts';
import { entryOf, nameOf, referenceOf } from '../syntax/value.ts';

interface Entry {
  readonly project: Project;
  readonly resource: Resource;
  /** The file that its CodeUri and its Handler name. */
  readonly file: string;
  /** What that file has to export. */
  readonly name: string;
}

/** Each function of the template is there in the sources, has its role, and can be called and debugged. */
export function functionFindings(project: Project): Finding[] {
  return functionsOf(project.template).flatMap((resource) => {
    const entry = entryOfFunction(project, resource);

    return [...code(entry), ...routes(entry), ...role(entry), ...sample(entry)];
  });
}

function entryOfFunction(project: Project, resource: Resource): Entry {
  const { CodeUri, Handler } = resource.properties;
  const [file = '', name = ''] = String(Handler).split('.');

  return { project, resource, file: `${String(CodeUri)}/${file}.ts`, name };
}

function finding({ logicalId }: Resource, rule: string, problem: string, remedy: string): Finding {
  return { rule, subject: logicalId, file: TEMPLATE, problem, remedy };
}

function code({ project, resource, file, name }: Entry): Finding[] {
  const module = project.moduleOf(file);
  const handler = String(resource.properties.Handler);

  if (!module) {
    const remedy = 'Write the file, or mend CodeUri and Handler';

    return [
      finding(
        resource,
        'function-file',
        `its CodeUri and its Handler ${handler} name ${file}, which is missing`,
        remedy,
      ),
    ];
  }
  if (module.exports.has(name)) return [];
  return [
    finding(
      resource,
      'function-export',
      `its Handler ${handler} names an export that ${file} does not have`,
      `Export ${name} there, or write one of its exports: ${[...module.exports].join(', ')}`,
    ),
  ];
}

function routes(entry: Entry): Finding[] {
  return Object.entries(sectionOf(entry.resource.properties.Events))
    .map(([name, event]) => ({ name, event: sectionOf(event) }))
    .filter(({ event }) => event.Type === 'Api')
    .flatMap(({ name, event }) => {
      const { RestApiId, Path } = sectionOf(event.Properties);

      return [...(RestApiId ? [] : [withoutApi(entry.resource, name)]), ...pathParameters(entry, String(Path))];
    });
}

function withoutApi(resource: Resource, event: string): Finding {
  const remedy = 'Add RestApiId: !Ref ServerlessSamApi to its Properties';

  return finding(
    resource,
    'route-without-api',
    `its event ${event} has no RestApiId: SAM makes an API of its own for it, which is open`,
    remedy,
  );
}

/** What a route has in its path has to be a property of what the handler reads. */
function pathParameters({ project, resource, file, name }: Entry, path: string): Finding[] {
  const controller = project.moduleOf(file)?.constants.get(name);
  const dtoId =
    controller?.kind === 'call'
      ? controller.values.map((value) => referenceOf(entryOf(value, 'dto'))).find((id) => id !== undefined)
      : undefined;
  const dto = project.classes.get(dtoId ?? '');
  if (!dto) return [];

  const properties = project.propertiesOf(dto);
  return [...path.matchAll(/\{(\w+)\+?\}/g)]
    .map(([, parameter = '']) => parameter)
    .filter((parameter) => !properties.includes(parameter))
    .map((parameter) =>
      finding(
        resource,
        'path-parameter',
        `its path ${path} has {${parameter}}, which ${nameOf(dto.id)} (${dto.file}) of ${name} has not`,
        `Call it as one of the DTO's properties: ${properties.join(', ')}; or add ${parameter} to the DTO`,
      ),
    );
}

function role({ project, resource }: Entry): Finding[] {
  const { Role } = resource.properties;
  const remedy = 'Write Role: !GetAtt NAME.Arn with a role that may do what its handler does, and no more';
  if (Role === undefined) return [finding(resource, 'function-role', 'it has no Role: SAM makes one for it', remedy)];

  const name = attributeIn(Role);
  if (name !== undefined && project.template.resources.get(name)?.type === 'AWS::IAM::Role') return [];
  return [
    finding(resource, 'function-role', `its Role ${name ?? '(another form)'} is no role of the template`, remedy),
  ];
}

function sample({ project: { sources }, resource }: Entry): Finding[] {
  const file = `test/lambda/${resource.logicalId}.json`;

  return sources.has(file)
    ? []
    : [
        finding(
          resource,
          'sample-event',
          `its sample event ${file} is missing`,
          'Add it: npm run invoke and the debugger start the function with it',
        ),
      ];
}
