import type { Finding } from '../finding.ts';
import type { Context } from '../project/context.ts';
import { moduleFile, type AggregateModel, type EventType } from '../project/domain.ts';
import { aggregateTypeOf, contextOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import { unlistedAggregates } from '../project/unlisted-aggregates.ts';
import { readModule } from '../syntax/source-module.ts';
import { referenceOf } from '../syntax/value.ts';

/** Each event has a name of its own, under its aggregate's type, and stands in its context's module and contract. */
export function eventFindings(project: Project): Finding[] {
  const events = project.events;

  return [
    ...events.flatMap(othersName),
    ...events.flatMap((event, index) => duplicates(event, events.slice(0, index))),
    ...wrongTypes(project),
    ...unlisted(project),
    ...withoutContract(project),
  ];
}

function duplicates({ of, name }: EventType, others: readonly EventType[]): Finding[] {
  return others
    .filter((other) => other.name === name && name !== '')
    .map((other) => ({
      rule: 'event-name-twice',
      subject: of.name,
      file: of.file,
      problem: `its $name ${name} is that of ${other.of.name} (${other.of.file}) too`,
      remedy: `Give one of the two a $name of its own: a copied name makes the one event read as the other`,
    }));
}

/** The $name of its instances, which is what the log holds. */
function othersName({ of }: EventType): Finding[] {
  const own = of.properties.find(({ name }) => name === '$name');
  if (!own || referenceOf(own.value) === `${of.id}.$name`) return [];

  return [
    {
      rule: 'event-with-another-name',
      subject: of.name,
      file: of.file,
      problem: `its instances do not have the $name of ${of.name}, by which they are read`,
      remedy: `Write override readonly $name = ${of.name}.$name`,
    },
  ];
}

/** Not for an entry that has another aggregate's class: that one is in no module, which is told. */
function wrongTypes(project: Project): Finding[] {
  const listed = project.aggregateEntries.map(({ entry }) => entry.type);

  return project.aggregateEntries.flatMap(({ context, entry }) => {
    const aggregate = project.aggregates.find(({ of }) => of.id === entry.type);
    if (!aggregate || listed.filter((type) => type === entry.type).length > 1) return [];

    return project
      .eventsBy(entry.events)
      .filter(({ name }) => aggregateTypeOf(name) !== aggregate.type)
      .map((event) =>
        isListedAtHome(project, event) ? strange(event, aggregate, context) : wrongType(event, aggregate, context),
      );
  });
}

/** With the aggregate whose type its name begins with. */
function isListedAtHome({ aggregates, aggregateEntries }: Project, { of, name }: EventType): boolean {
  const home = aggregates.find(({ type }) => type === aggregateTypeOf(name));

  return aggregateEntries.some(({ entry }) => entry.type === home?.of.id && entry.events.includes(of.id));
}

function strange({ of }: EventType, aggregate: AggregateModel, { file }: Context): Finding {
  return {
    rule: 'event-listed-twice',
    subject: of.name,
    file,
    problem: `it stands there with its own aggregate and among the events of ${aggregate.of.name}`,
    remedy: `Remove it from the events of ${aggregate.of.name}, which lists its own`,
  };
}

function wrongType({ of, name }: EventType, aggregate: AggregateModel, { file }: Context): Finding {
  return {
    rule: 'event-of-wrong-aggregate-type',
    subject: of.name,
    file: of.file,
    problem: `its $name ${name || '(none)'} is not under ${aggregate.type}, the aggregateType of ${aggregate.of.name}, whose events it is among in ${file}`,
    remedy: `Begin its $name with ${aggregate.type}/, or list it with its own aggregate`,
  };
}

function unlisted(project: Project): Finding[] {
  const listed = new Set(project.aggregateEntries.flatMap(({ entry }) => entry.events));
  const unlistedTypes = unlistedAggregates(project).map(({ type }) => type);

  return project.events
    .filter(({ of, name }) => !listed.has(of.id) && !unlistedTypes.includes(aggregateTypeOf(name)))
    .map(({ of }) => ({
      rule: 'event-in-no-module',
      subject: of.name,
      file: of.file,
      problem: 'no module lists it, so that it is decoded nowhere',
      remedy: `Add ${of.name} to its aggregate's events in ${moduleFile(of.file)}`,
    }));
}

function withoutContract({ events, sources }: Project): Finding[] {
  return events.flatMap(({ of }) => {
    const file = `src/${contextOf(of.file)}/events.spec.ts`;
    if (sources.has(file) && readModule(file, sources.read(file)).types.has(of.id)) return [];

    return [
      {
        rule: 'event-without-contract',
        subject: of.name,
        file: of.file,
        problem: `${file} has no entry for it`,
        remedy: `Add an entry with type: ${of.name}, its name and its payload there: both are a public contract`,
      },
    ];
  });
}
