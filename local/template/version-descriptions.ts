import { createHash } from 'node:crypto';

import { LocalCloudError } from '../local-cloud-error.ts';
import { withGlobals } from './globals.ts';
import { references } from './references.ts';
import { isList, isSection, type Section } from './template.ts';

const FUNCTION = 'AWS::Serverless::Function';

/** What Lambda keeps with a version. The code is told by SAM. */
const KEPT: ReadonlySet<string> = new Set([
  'Architectures',
  'Description',
  'Environment',
  'EphemeralStorage',
  'Handler',
  'KmsKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'Role',
  'Runtime',
  'Timeout',
  'Tracing',
  'VpcConfig',
]);

/** What a function has whatever its version is. With it in the description, a version would be asked for where nothing changed. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  'AutoPublishAlias',
  'CodeUri',
  'DeploymentPreference',
  'Events',
  'PropagateTags',
  'ReservedConcurrentExecutions',
  'Tags',
  'VersionDescription',
]);

/** Parameters that are for good. Their values would not fit: a description takes 256 characters. */
const FOR_GOOD = /^stage$|Table$|Stream$/;

interface Document {
  readonly Parameters?: Section;
  readonly Globals?: Section;
  readonly Resources: Readonly<Record<string, { readonly Type: string; Properties: Section }>>;
}

/**
 * Gives each function of the template a `VersionDescription` that changes with whatever Lambda keeps with a version: a digest of its
 * properties, and the parameters that they refer to. CloudFormation publishes a version anew when its description changes; Lambda
 * refuses that where the function is still the same. Throws a LocalCloudError for a property of which it does not know where it belongs.
 */
export function describeVersions({ Parameters = {}, Globals = {}, Resources }: Document): void {
  for (const [name, resource] of Object.entries(Resources)) {
    if (resource.Type !== FUNCTION) continue;
    const kept = keptOf(name, withGlobals({ type: FUNCTION, properties: resource.Properties }, { globals: Globals }));
    const named = new Set([...references(kept, name)].map((reference) => reference.name));
    const parameters = [...named].filter((parameter) => parameter in Parameters && !FOR_GOOD.test(parameter)).sort();
    const words = [digest(kept), ...parameters.map((parameter) => `\${${parameter}}`)];

    resource.Properties = { ...resource.Properties, VersionDescription: { 'Fn::Sub': words.join(' ') } };
  }
}

function keptOf(name: string, properties: Section): Section {
  const unknown = Object.keys(properties).filter((property) => !KEPT.has(property) && !NOT_KEPT.has(property));

  if (unknown.length > 0) {
    throw new LocalCloudError(
      `${name}: does a version of the function keep ${unknown.join(', ')}? Say so in local/template/version-descriptions.ts.`,
    );
  }
  return Object.fromEntries(Object.entries(properties).filter(([property]) => KEPT.has(property)));
}

/** Eight characters, the same for the same properties in any order. */
function digest(properties: Section): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(properties)))
    .digest('hex')
    .slice(0, 8);
}

function inOrder(value: unknown): unknown {
  if (isList(value)) return value.map(inOrder);
  if (!isSection(value)) return value;
  return Object.entries(value)
    .map(([key, item]) => [key, inOrder(item)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
