import type { Finding } from '../finding.ts';
import { moduleFile, type AggregateModel } from '../project/domain.ts';
import { pathOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import { unlistedAggregates } from '../project/unlisted-aggregates.ts';

/** Each aggregate stands in a module, once, and has the type that its events' names begin with. */
export function aggregateTypeFindings(project: Project): Finding[] {
  const { aggregates } = project;

  return [
    ...aggregates.flatMap(wrongType),
    ...aggregates.flatMap((aggregate, index) => sameType(aggregate, aggregates.slice(0, index))),
    ...unlisted(project),
    ...listedTwice(project),
  ];
}

function wrongType({ of, type, declaredType }: AggregateModel): Finding[] {
  if (type === declaredType) return [];

  return [
    {
      rule: 'aggregate-type',
      subject: of.name,
      file: of.file,
      problem: `its aggregateType ${declaredType || '(none)'} is not ${type}, which the names of all its events begin with`,
      remedy: `Write static readonly aggregateType = '${type}'`,
    },
  ];
}

/** The one is told that is not called as its folder, or the second. */
function sameType(aggregate: AggregateModel, others: readonly AggregateModel[]): Finding[] {
  return others
    .filter(({ type }) => type === aggregate.type)
    .map((other) => (fitsFolder(aggregate) ? twice(other, aggregate) : twice(aggregate, other)));
}

function twice({ of, type }: AggregateModel, other: AggregateModel): Finding {
  const [organisation = ''] = type.split('/');

  return {
    rule: 'aggregate-type-twice',
    subject: of.name,
    file: of.file,
    problem: `its aggregateType ${type || '(none)'} is that of ${other.of.name} (${other.of.file}) too`,
    remedy: `Give it one of its own, as in ${organisation}/${pathOf(of.file)}, and begin the names of its events with that`,
  };
}

function fitsFolder({ of, type }: AggregateModel): boolean {
  return type.endsWith(`/${pathOf(of.file)}`);
}

function unlisted(project: Project): Finding[] {
  return unlistedAggregates(project).map(({ of }) => ({
    rule: 'aggregate-in-no-module',
    subject: of.name,
    file: of.file,
    problem: 'no module lists it, so that it can be neither loaded nor appended to',
    remedy: `Write type: ${of.name} with its repository and its events in aggregates of ${moduleFile(of.file)}`,
  }));
}

/** Where one is listed in another's place, that other is told instead. */
function listedTwice(project: Project): Finding[] {
  const { aggregates, aggregateEntries } = project;
  const listed = aggregateEntries.map(({ entry }) => entry.type);
  if (unlistedAggregates(project).length > 0) return [];

  return aggregates
    .filter(({ of }) => listed.filter((type) => type === of.id).length > 1)
    .map(({ of }) => ({
      rule: 'aggregate-listed-twice',
      subject: of.name,
      file: moduleFile(of.file),
      problem: 'it stands there twice',
      remedy: `Keep one entry with type: ${of.name}`,
    }));
}
