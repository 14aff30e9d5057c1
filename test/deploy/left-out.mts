import { readFileSync, writeFileSync } from 'node:fs';

import { yamlDump, yamlParse } from 'yaml-cfn';

interface Template {
  readonly Parameters?: Record<string, unknown>;
  readonly Resources: Record<string, { Type: string; Properties?: unknown; DeletionPolicy?: unknown }>;
}

export interface LeftOut {
  readonly resource: string;
  readonly reason: string;
}

/** Resource types that MiniStack does not take, and why the stack can do without. */
const TYPES: Readonly<Record<string, string>> = {
  'AWS::Kinesis::StreamConsumer': 'stage dev has none, but MiniStack refuses a template that names the type',
};

/** It has no properties; nothing is made of it, since what it stands for is not made at stage dev. */
const STAND_IN = 'AWS::CloudFormation::WaitConditionHandle';

/** Writes a packaged template anew without what MiniStack does not take. */
export function leaveOut(from: string, to: string): { template: Template; leftOut: LeftOut[] } {
  const template = yamlParse(readFileSync(from, 'utf8')) as Template;
  const leftOut: LeftOut[] = [];

  for (const [id, resource] of Object.entries(template.Resources)) {
    const reason = TYPES[resource.Type];

    if (reason === undefined) continue;
    leftOut.push({ resource: `${id} (${resource.Type})`, reason });
    resource.Type = STAND_IN;
    delete resource.Properties;
  }
  writeFileSync(to, yamlDump(template));
  return { template, leftOut };
}
