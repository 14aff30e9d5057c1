import { isList, type Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import type { ProjectionEntry } from '../project/context.ts';
import { nearest } from '../project/naming.ts';
import { TEMPLATE, type Listed, type Project } from '../project/project.ts';
import { globalVariables, referenceIn } from '../project/template-values.ts';
import { nameOf } from '../syntax/value.ts';

type ListedProjection = Listed<ProjectionEntry>;

/** Each projection has a table of its own, whose variable and keys are the template's. */
export function tableFindings(project: Project): Finding[] {
  return project.projectionEntries.flatMap((listed, index, all) => [
    ...sameTable(listed, all.slice(0, index)),
    ...tableOf(project, listed),
    ...aggregateKey(listed),
  ]);
}

function subjectOf({ handler, repository }: ProjectionEntry): string {
  return nameOf(repository ?? handler ?? '#a projection');
}

function sameTable({ context, entry }: ListedProjection, others: readonly ListedProjection[]): Finding[] {
  return others
    .filter((other) => other.entry.table === entry.table)
    .map((other) => ({
      rule: 'table-twice',
      subject: subjectOf(entry),
      file: context.file,
      problem: `its table ${entry.table ?? '(none)'} is that of ${subjectOf(other.entry)} too`,
      remedy: 'Give each projection a table of its own: in one they overwrite each other',
    }));
}

function tableOf(project: Project, { context, entry }: ListedProjection): Finding[] {
  const { template } = project;
  const variables = globalVariables(template);
  const { table = '(no text)' } = entry;
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
      remedy: `Add a table with TableName: !Ref ${parameter ?? table}`,
    },
  ];
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

function aggregateKey({ context, entry }: ListedProjection): Finding[] {
  const { partitionKey, sortKey } = entry;
  if (!context.multiStreamProjections.includes(entry) || [partitionKey, sortKey].includes(entry.aggregateKey))
    return [];

  return [
    {
      rule: 'aggregate-key',
      subject: subjectOf(entry),
      file: context.file,
      problem: `its aggregateKey ${entry.aggregateKey ?? '(none)'} is neither its partitionKey nor its sortKey`,
      remedy: `Write which of ${partitionKey ?? '(none)'} and ${sortKey ?? '(none)'} is the id of the aggregate that its handler follows`,
    },
  ];
}
