import type { Finding } from '../finding.ts';
import { entriesOf, type Entry } from '../project/entries.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { attributeIn } from '../project/template-values.ts';

/** Each function of the template is there in the sources, has its role, and can be called and debugged. */
export function functionFindings(project: Project): Finding[] {
  return entriesOf(project).flatMap((entry) => [
    ...code(project, entry),
    ...role(project, entry),
    ...sample(project, entry),
  ]);
}

function finding({ resource }: Entry, rule: string, problem: string, remedy: string): Finding {
  return { rule, subject: resource.logicalId, file: TEMPLATE, problem, remedy };
}

function code(project: Project, entry: Entry): Finding[] {
  const { resource, file, name } = entry;
  const module = project.moduleOf(file);
  const handler = String(resource.properties.Handler);

  if (!module) {
    const remedy = 'Write the file, or mend CodeUri and Handler';

    return [
      finding(entry, 'function-file', `its CodeUri and its Handler ${handler} name ${file}, which is missing`, remedy),
    ];
  }
  if (module.exports.has(name)) return [];
  return [
    finding(
      entry,
      'function-export',
      `its Handler ${handler} names an export that ${file} does not have`,
      `Export ${name} there, or write one of its exports: ${[...module.exports].join(', ')}`,
    ),
  ];
}

function role({ template }: Project, entry: Entry): Finding[] {
  const { Role } = entry.resource.properties;
  const remedy = 'Write Role: !GetAtt NAME.Arn with a role that may do what its handler does, and no more';
  if (Role === undefined) return [finding(entry, 'function-role', 'it has no Role: SAM makes one for it', remedy)];

  const name = attributeIn(Role);
  if (name !== undefined && template.resources.get(name)?.type === 'AWS::IAM::Role') return [];
  return [finding(entry, 'function-role', `its Role ${name ?? '(another form)'} is no role of the template`, remedy)];
}

function sample({ sources }: Project, entry: Entry): Finding[] {
  const file = `test/lambda/${entry.resource.logicalId}.json`;

  return sources.has(file)
    ? []
    : [
        finding(
          entry,
          'sample-event',
          `its sample event ${file} is missing`,
          'Add it: npm run invoke and the debugger start the function with it',
        ),
      ];
}
