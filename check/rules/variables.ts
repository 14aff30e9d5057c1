import type { Section } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { entriesOf, type Entry } from '../project/entries.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, globalVariables, referenceIn, variablesOf } from '../project/template-values.ts';

const GLOBALS = 'Globals.Function.Environment';

/** Each function has the variables that its code reads by `environment('…')`, and each variable is the parameter of its name. */
export function variableFindings(project: Project): Finding[] {
  const { template } = project;

  return [
    ...missing(project),
    ...crossed(project, GLOBALS, globalVariables(template)),
    ...functionsOf(template).flatMap(({ logicalId, properties }) =>
      crossed(project, logicalId, variablesOf(properties)),
    ),
  ];
}

interface Want {
  readonly variable: string;
  /** The file that reads it. */
  readonly reader: string;
  readonly entry: Entry;
}

/** What several functions lack is one mistake, in what all of them have. */
function missing(project: Project): Finding[] {
  const wants = entriesOf(project).flatMap((entry) => wantsOf(project, entry));

  return [...Map.groupBy(wants, ({ variable }) => variable).entries()].map(([variable, [first, ...others]]) => ({
    rule: 'variable-missing',
    subject: others.length > 0 ? GLOBALS : (first?.entry.resource.logicalId ?? ''),
    file: TEMPLATE,
    problem: `it has no variable ${variable}, which ${first?.reader ?? 'its code'} reads`,
    remedy:
      variable in project.template.parameters
        ? `Add ${variable}: !Ref ${variable} to its Variables`
        : `Add ${variable} to its Variables`,
  }));
}

function wantsOf({ code, template }: Project, entry: Entry): Want[] {
  const given = { ...globalVariables(template), ...variablesOf(entry.resource.properties) };

  return code
    .loadedBy(entry.file)
    .flatMap(({ path, variables }) => [...variables].map((variable) => ({ variable, reader: path, entry })))
    .filter(({ variable }, index, all) => all.findIndex((other) => other.variable === variable) === index)
    .filter(({ variable }) => !(variable in given));
}

function crossed({ template }: Project, subject: string, variables: Section): Finding[] {
  return Object.entries(variables)
    .map(([name, value]) => ({ name, parameter: referenceIn(value) }))
    .filter(({ name, parameter = name }) => parameter !== name && bothIn(template.parameters, name, parameter))
    .map(({ name, parameter = '' }) => ({
      rule: 'variable-of-another-name',
      subject,
      file: TEMPLATE,
      problem: `its variable ${name} is the parameter ${parameter}, and there is one that is called ${name}`,
      remedy: `Write ${name}: !Ref ${name}`,
    }));
}

function bothIn(parameters: Section, ...names: readonly string[]): boolean {
  return names.every((name) => name in parameters);
}
