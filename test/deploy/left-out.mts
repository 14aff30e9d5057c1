import { readFileSync, writeFileSync } from 'node:fs';

import { yamlParse } from 'yaml-cfn';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown> | undefined;
  readonly DeletionPolicy?: unknown;
}

/** A template, as far as the test reads it. */
export interface Template {
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

const RULES: readonly Rule[] = [
  {
    what: 'the consumer with enhanced fan-out',
    matches: ({ Type }) => Type === 'AWS::Kinesis::StreamConsumer',
    standIn: (resource) => ({ ...resource, Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: undefined }),
    reason: 'stage dev has none, but MiniStack refuses a template that names the type',
  },
  {
    what: 'the metric math of alarms',
    matches: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
    standIn: (resource) => ({ ...resource, Properties: { ...resource.Properties, ...LEFT_OUT_METRIC } }),
    reason: 'MiniStack knows alarms on a single metric alone',
  },
];

/** Writes a packaged template anew, with stand-ins for what MiniStack does not take; answers it, and what that is. */
export function leaveOut(from: string, to: string): { template: Template; leftOut: LeftOut[] } {
  const template = yamlParse(readFileSync(from, 'utf8')) as Template;
  const leftOut = RULES.flatMap(({ what, matches, standIn, reason }) => {
    const resources = Object.entries(template.Resources).filter(([, resource]) => matches(resource));

    for (const [id, resource] of resources) template.Resources[id] = standIn(resource);
    return resources.length > 0 ? [{ what: `${what} (${resources.map(([id]) => id).join(', ')})`, reason }] : [];
  });

  writeFileSync(to, JSON.stringify(template));
  return { template, leftOut };
}
