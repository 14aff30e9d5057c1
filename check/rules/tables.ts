import { nearest } from '../../local/template/nearest.ts';
import { isList, type Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { subjectOf, type ProjectionEntry } from '../project/context.ts';
import { isInContext } from '../project/domain.ts';
import type { Listed } from '../project/listed.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { globalVariables, referenceIn } from '../project/template-values.ts';

type ListedProjection = Listed<ProjectionEntry>;

/** Each projection has a table of its own, whose variable and keys are the template's. */
export function tableFindings(project: Project): Finding[] {
  return project.projectionEntries.flatMap((listed, index, all) => {
    const first = [...unreadable(listed), ...engineTable(project, listed)];

    return first.length > 0 ? first : [...sameTable(listed, all.slice(0, index)), ...tableOf(project, listed)];
  });
}

function unreadable({ context, entry }: ListedProjection): Finding[] {
  if (entry.table !== undefined) return [];

  return [
    {
      rule: 'table-text',
      subject: subjectOf(entry),
      file: context.file,
      problem: 'its table is not written as a text, so that nobody can compare it with the template',
      remedy: "Write the environment variable that names it, as in table: 'projectionUsersTable'",
    },
  ];
}

/** What the engine reads by this name is its own. */
function engineTable({ code }: Project, { context, entry }: ListedProjection): Finding[] {
  const { table = '' } = entry;
  const reader = code.modules.find(({ path, variables }) => !isInContext(path) && variables.has(table));
  if (!reader) return [];

  return [
    {
      rule: 'table-of-the-engine',
      subject: subjectOf(entry),
      file: context.file,
      problem: `its table ${table} is the engine's own (${reader.path})`,
      remedy: 'Give the projection a table of its own',
    },
  ];
}

function sameTable({ context, entry }: ListedProjection, others: readonly ListedProjection[]): Finding[] {
  const { table = '' } = entry;

  return others
    .filter((other) => other.entry.table === table)
    .map((other) => ({
      rule: 'table-twice',
      subject: subjectOf(entry),
      file: context.file,
      problem: `its table ${table} is that of ${subjectOf(other.entry)} too`,
      remedy: 'Give each projection a table of its own: in one they overwrite each other',
    }));
}

function tableOf(project: Project, { context, entry }: ListedProjection): Finding[] {
  const { template } = project;
  const variables = globalVariables(template);
  const { table = '' } = entry;
  const finding = { subject: subjectOf(entry), file: context.file };

  if (!(table in variables)) {
    const other = nearest(table, Object.keys(variables));

    return [
      {
        ...finding,
        rule: 'table-variable',
        problem: `its table ${table} is no variable in Globals.Function.Environment of ${TEMPLATE}`,
        remedy: other ? `Write ${other}, or add ${table}: !Ref ${table} there` : `Add ${table}: !Ref ${table} there`,
      },
    ];
  }
  const parameter = referenceIn(variables[table]);
  const resource = [...template.resources.values()].find(
    ({ type, properties }) => type === 'AWS::DynamoDB::Table' && referenceIn(properties.TableName) === parameter,
  );
  if (resource) return keysOf(resource, { context, entry });
  return [
    {
      ...finding,
      rule: 'table-resource',
      problem: `no table of ${TEMPLATE} is called by ${parameter ?? table}, as its variable ${table} is`,
      remedy: withTable(project, parameter ?? table),
    },
  ];
}

/** By the template's loop over the projections, where it has one and the parameter is called as that makes it. */
function withTable({ sources }: Project, parameter: string): string {
  const loop = 'Fn::ForEach::Projections';
  const [, names] = /^projection(\w+)Table$/.exec(parameter) ?? [];

  return names !== undefined && sources.read(TEMPLATE).includes(loop)
    ? `Add ${names} to the list of ${loop}`
    : `Add a table with TableName: !Ref ${parameter}`;
}

function keysOf({ logicalId, properties }: Resource, { context, entry }: ListedProjection): Finding[] {
  const actual = keySchemaOf(properties.KeySchema);
  const multiStream = context.multiStreamProjections.includes(entry);
  const expected = multiStream ? [entry.partitionKey, entry.sortKey] : ['id'];

  return actual.join() === expected.join()
    ? []
    : [
        {
          rule: 'table-keys',
          subject: subjectOf(entry),
          file: context.file,
          problem: `its keys are ${expected.join(', ')}, and the KeySchema of ${logicalId} in ${TEMPLATE} is ${actual.join(', ')}`,
          remedy: multiStream
            ? 'Make partitionKey and sortKey the names of the KeySchema, the HASH first'
            : 'Give the table the one key id, as HASH',
        },
      ];
}

function keySchemaOf(schema: unknown): string[] {
  const keys = (isList(schema) ? schema : []) as readonly { AttributeName: string; KeyType: string }[];

  return ['HASH', 'RANGE'].flatMap((kind) =>
    keys.filter(({ KeyType }) => KeyType === kind).map(({ AttributeName }) => AttributeName),
  );
}
