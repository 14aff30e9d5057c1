import { nearest } from '../../local/template/nearest.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { STAGES, stagesIn } from '../project/stages.ts';
import { referenceIn } from '../project/template-values.ts';

const EXAMPLE = '.env.example';
const RULE = 'example-setting';

/** Every parameter has a value for each stage, and on a developer's machine what matters there. */
export function settingFindings(project: Project): Finding[] {
  return [...exampleFindings(project), ...stageFindings(project)];
}

/** What a developer's machine knows of the template's parameters: those that name a table or a stream, and none that is not there. */
function exampleFindings({ template, sources }: Project): Finding[] {
  const parameters = Object.keys(template.parameters);
  const listed: string[] = sources.read(EXAMPLE).match(/^\w+(?==)/gm) ?? [];
  // SCREAMING ones are the shell's.
  const unknown = listed.filter((name) => !parameters.includes(name) && name !== name.toUpperCase());
  const missing = [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::DynamoDB::Table' || type === 'AWS::Kinesis::Stream')
    .flatMap(({ properties }) => referenceIn(properties.TableName ?? properties.Name) ?? [])
    .filter((name) => !listed.includes(name))
    .map((name) => ({ name, meant: nearest(name, unknown) }));

  return [
    ...missing.map(({ name, meant }) => ({
      rule: RULE,
      subject: name,
      file: EXAMPLE,
      problem: `the parameter ${name} of ${TEMPLATE} names a table or a stream, and is missing here`,
      remedy: meant ? `Rename ${meant} to ${name}` : `Add a line ${name}=, with the parameter's default`,
    })),
    ...unknown
      .filter((name) => !missing.some(({ meant }) => meant === name))
      .map((name) => ({
        rule: RULE,
        subject: name,
        file: EXAMPLE,
        problem: `${TEMPLATE} has no parameter ${name}`,
        remedy: `Remove the line ${name}=, or give it a parameter's name`,
      })),
  ];
}

/** A parameter that a stage does not name keeps the value that the stack had before: what was taken out of the file stays in force. */
function stageFindings(project: Project): Finding[] {
  const declared = Object.keys(project.template.parameters);

  return stagesIn(project).flatMap(({ name: stage, parameters }) => {
    const section = `[${stage}.deploy.parameters.parameter_overrides]`;
    const finding = (name: string, problem: string, remedy: string): Finding => ({
      rule: 'stage-parameter',
      subject: name,
      file: STAGES,
      problem,
      remedy,
    });

    return [
      ...declared
        .filter((name) => !(name in parameters))
        .map((name) =>
          finding(
            name,
            `${section} does not name it, so that it keeps the value it once had`,
            'Add a line with its value there',
          ),
        ),
      ...Object.keys(parameters)
        .filter((name) => !declared.includes(name))
        .map((name) =>
          finding(
            name,
            `${section} names it, and ${TEMPLATE} has no such parameter`,
            "Remove it, or give it a parameter's name",
          ),
        ),
    ];
  });
}
