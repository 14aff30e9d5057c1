import { readFileSync, writeFileSync } from 'node:fs';

import { yamlParse } from 'yaml-cfn';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown> | undefined;
  readonly DeletionPolicy?: unknown;
  readonly DependsOn?: readonly string[];
}

/** A template, as far as the test reads it. */
export interface Template {
  readonly Conditions: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
}

/** What a deployment goes without, only because MiniStack does not take it. */
export interface LeftOut {
  readonly what: string;
  readonly reason: string;
}

interface Rule extends LeftOut {
  readonly matches: (resource: Resource) => boolean;
  /** What is there in its place, for whoever refers to it. */
  readonly standIn: (resource: Resource) => Resource;
}

const LEFT_OUT_METRIC = {
  Metrics: undefined,
  Namespace: 'LeftOut',
  MetricName: 'LeftOut',
  Statistic: 'Sum',
  Period: 60,
};

/** A condition that does not hold. */
const NEVER = { 'Fn::Equals': ['on', 'off'] };

/** A resource that does nothing. */
function nothing(resource: Resource): Resource {
  return { ...resource, Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: undefined };
}

const RULES: readonly Rule[] = [
  {
    what: 'the consumer with enhanced fan-out',
    matches: ({ Type }) => Type === 'AWS::Kinesis::StreamConsumer',
    standIn: nothing,
    reason: 'MiniStack refuses a template that names the type, so that prod reads the stream as dev does',
  },
  {
    what: 'what puts the ceiling before the API',
    matches: ({ Type }) => Type === 'AWS::WAFv2::WebACLAssociation',
    standIn: nothing,
    reason: 'MiniStack knows the ceiling alone',
  },
  {
    what: 'the metric math of alarms',
    matches: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
    standIn: (resource) => ({ ...resource, Properties: { ...resource.Properties, ...LEFT_OUT_METRIC } }),
    reason: 'MiniStack knows alarms on a single metric alone',
  },
];

/** The template in a file. */
export function readTemplate(file: string): Template {
  return yamlParse(readFileSync(file, 'utf8')) as Template;
}

/** Writes a packaged template anew, with stand-ins for what MiniStack does not take; answers it, and what that is. */
export function leaveOut(
  from: string,
  to: string,
  added: Template['Resources'],
): { template: Template; leftOut: LeftOut[] } {
  const template = readTemplate(from);
  const leftOut = RULES.flatMap(({ what, matches, standIn, reason }) => {
    const resources = Object.entries(template.Resources).filter(([, resource]) => matches(resource));

    for (const [id, resource] of resources) template.Resources[id] = standIn(resource);
    return resources.length > 0 ? [{ what: `${what} (${resources.map(([id]) => id).join(', ')})`, reason }] : [];
  });

  template.Conditions.HasFanOut = NEVER;
  Object.assign(template.Resources, added);
  writeFileSync(to, JSON.stringify(template));
  return { template, leftOut };
}
