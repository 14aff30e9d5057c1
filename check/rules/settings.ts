import ts from 'typescript';

import type { Finding } from '../finding.ts';
import { nearest } from '../project/naming.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, referenceIn } from '../project/template-values.ts';

const EXAMPLE = '.env.example';
const LAUNCH = '.vscode/launch.json';

/** What a developer's machine knows of the template: the names of its tables and streams, and its functions. */
export function settingFindings(project: Project): Finding[] {
  return [...exampleFindings(project), ...launchFindings(project)];
}

function exampleFindings({ template, sources }: Project): Finding[] {
  const parameters = Object.keys(template.parameters);
  const listed: string[] = sources.read(EXAMPLE).match(/^\w+(?==)/gm) ?? [];
  const unknown = listed.filter((name) => !parameters.includes(name));
  const named = [...template.resources.values()].flatMap(({ properties, type }) =>
    type === 'AWS::DynamoDB::Table' || type === 'AWS::Kinesis::Stream'
      ? (referenceIn(properties.TableName ?? properties.Name) ?? [])
      : [],
  );

  return named
    .filter((name) => !listed.includes(name))
    .map((name) => {
      const other = nearest(name, unknown);

      return {
        rule: 'example-setting',
        subject: name,
        file: EXAMPLE,
        problem: `the parameter ${name} of ${TEMPLATE} names a table or a stream, and is missing here`,
        remedy: other ? `Rename ${other} to ${name}` : `Add a line ${name}=, with the parameter's default`,
      };
    });
}

interface Launch {
  readonly inputs?: readonly { readonly id?: string; readonly options?: readonly string[] }[];
}

function launchFindings({ template, sources }: Project): Finding[] {
  // It may have comments, which JSON.parse does not know.
  const { config } = ts.parseConfigFileTextToJson(LAUNCH, sources.read(LAUNCH)) as { config?: Launch };
  const { inputs = [] } = config ?? {};
  const options = inputs.find(({ id }) => id === 'function')?.options ?? [];

  return functionsOf(template)
    .filter(({ logicalId }) => !options.includes(logicalId))
    .map(({ logicalId }) => ({
      rule: 'launch-entry',
      subject: logicalId,
      file: LAUNCH,
      problem: 'it is missing in the options of the input "function", so that it cannot be debugged',
      remedy: `Add "${logicalId}" there`,
    }));
}
