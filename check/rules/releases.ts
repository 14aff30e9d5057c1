import type { Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { valuesOf } from '../project/stages.ts';
import { referenceIn, sectionOf } from '../project/template-values.ts';

const PARAMETER = 'releasedEvents';

/** Old code and new run side by side: an event is announced before it is written, and waits longer than both are there. */
export function releaseFindings(project: Project): Finding[] {
  return [...listedTwice(project), ...releasedInVain(project), ...impatientQueues(project)];
}

function listedTwice(project: Project): Finding[] {
  return project.aggregateEntries.flatMap(({ context, entry: { events, announced } }) =>
    project.eventsBy(announced.filter((id) => events.indexOf(id) !== events.lastIndexOf(id))).map(({ of, name }) => ({
      rule: 'event-announced-and-listed',
      subject: of.name,
      file: context.file,
      problem: 'it stands there among the events and among the announced ones',
      remedy: `Remove it from events; once ${PARAMETER} has had ${name} everywhere, move it there from announced`,
    })),
  );
}

function releasedInVain(project: Project): Finding[] {
  const announced = project.eventsBy(project.aggregateEntries.flatMap(({ entry }) => entry.announced));
  const names = new Set(announced.map(({ name }) => name));

  return valuesOf(project, PARAMETER).flatMap(({ value, file, stage }) =>
    value
      .split(',')
      .filter((name) => name !== '' && !names.has(name))
      .map((name) => ({
        rule: 'released-event',
        subject: name,
        file,
        problem: `the parameter ${PARAMETER}${stage ? ` of ${stage}` : ''} names it, and no module announces such an event`,
        remedy: project.events.some((event) => event.name === name)
          ? 'Remove it there: it is written anyway'
          : "Write the $name of an event that stands in its aggregate's announced, or remove it",
      })),
  );
}

/**
 * An event that only the new version knows comes to the old one, too, while both run. It must not be a dead letter before the new one
 * is alone: its last try has to come later than that.
 */
function impatientQueues(project: Project): Finding[] {
  const seconds = canarySeconds(project);

  return [...project.template.resources.values()].flatMap((queue) => {
    const { maxReceiveCount } = sectionOf(queue.properties.RedrivePolicy);
    const shortest = Math.min(...visibilitiesOf(project, queue));
    const last = (Number(maxReceiveCount) - 1) * shortest;

    return queue.type !== 'AWS::SQS::Queue' || maxReceiveCount === undefined || last > seconds
      ? []
      : [impatient(queue, last, seconds)];
  });
}

function impatient({ logicalId }: Resource, last: number, seconds: number): Finding {
  return {
    rule: 'queue-shorter-than-deployment',
    subject: logicalId,
    file: TEMPLATE,
    problem: `a message is tried for the last time after ${last} s, while old and new code run side by side for ${seconds} s`,
    remedy: 'Raise its VisibilityTimeout or its maxReceiveCount: what old code does not know must wait for the new',
  };
}

/** Of the default, and of each stage; SQS' own is 30. */
function visibilitiesOf(project: Project, { properties: { VisibilityTimeout = 30 } }: Resource): number[] {
  const parameter = referenceIn(VisibilityTimeout);

  return parameter === undefined
    ? [Number(VisibilityTimeout)]
    : valuesOf(project, parameter).map(({ value }) => Number(value));
}

/** For how long CodeDeploy shifts traffic, by the name of its way: Canary10Percent5Minutes, Linear10PercentEvery1Minute. */
function canarySeconds({ template }: Project): number {
  const { Type } = sectionOf(sectionOf(template.globals.Function).DeploymentPreference);
  const way = typeof Type === 'string' ? Type : '';
  const [, percent = '100', every, minutes = '0'] = /(\d+)Percent(Every)?(\d+)Minutes?$/.exec(way) ?? [];

  return 60 * Number(minutes) * (every ? Math.ceil(100 / Number(percent)) - 1 : 1);
}
