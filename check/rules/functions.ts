import type { Finding } from '../finding.ts';
import { entriesOf, type Entry } from '../project/entries.ts';
import { TEMPLATE, type Project } from '../project/project.ts';

/** Each function of the template is there in the sources. */
export function functionFindings(project: Project): Finding[] {
  return entriesOf(project).flatMap((entry) => code(project, entry));
}

function finding({ resource }: Entry, rule: string, problem: string, remedy: string): Finding {
  return { rule, subject: resource.logicalId, file: TEMPLATE, problem, remedy };
}

function code(project: Project, entry: Entry): Finding[] {
  const { resource, file, name } = entry;
  const module = project.code.moduleOf(file);
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
