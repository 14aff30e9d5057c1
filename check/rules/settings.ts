import { nearest } from '../../local/template/nearest.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { referenceIn } from '../project/template-values.ts';

const EXAMPLE = '.env.example';
const RULE = 'example-setting';

/** What a developer's machine knows of the template's parameters: those that name a table or a stream, and none that is not there. */
export function settingFindings({ template, sources }: Project): Finding[] {
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
