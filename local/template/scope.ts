import { LocalCloudError } from '../local-cloud-error.ts';
import type { ParameterValue } from './parameters.ts';
import { isSection, type Resource, type Section, type Template } from './template.ts';

/** The account of every local ARN: the one that the engines use, too. */
export const ACCOUNT_ID = '000000000000';

/** In place of the stack's name, from which CloudFormation makes the names of unnamed resources. */
export const STACK_NAME = 'local';

/** What a resource answers: `Ref` to the intrinsic function of that name, the others to `Fn::GetAtt`. */
export type Attributes = Readonly<Record<string, string>>;

/** What names in the template stand for. */
export class Scope {
  readonly region: string;
  /** Truth of each condition of the template. */
  readonly conditions = new Map<string, boolean>();
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #mappings: Section;
  readonly #resources: ReadonlyMap<string, Resource>;
  readonly #attributes = new Map<string, Attributes>();

  constructor(template: Template, parameters: ReadonlyMap<string, ParameterValue>, region: string) {
    this.region = region;
    this.#values = new Map<string, unknown>([...parameters, ...pseudoParameters(region)]);
    this.#mappings = template.mappings;
    this.#resources = template.resources;
  }

  /** States the attributes of a resource that exists. One that is never defined answers made-up ones. */
  define(logicalId: string, attributes: Attributes): void {
    this.#attributes.set(logicalId, attributes);
  }

  /** Whether the resource is part of the stack: it has no condition, or one that holds. */
  exists({ condition, logicalId }: Resource): boolean {
    if (condition === undefined) return true;
    const holds = this.conditions.get(condition);
    if (holds === undefined) {
      throw new LocalCloudError(`Resources.${logicalId}.Condition: ${condition} is no condition of the template.`);
    }
    return holds;
  }

  /** The value of a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown {
    return this.#values.has(name) ? this.#values.get(name) : this.attribute(name, 'Ref');
  }

  attribute(logicalId: string, name: string): string {
    const resource = this.#resources.get(logicalId);
    if (resource && !this.exists(resource)) {
      throw new LocalCloudError(`${logicalId} does not exist, as its condition ${resource.condition} does not hold`);
    }
    const attributes = this.#attributes.get(logicalId);
    if (!attributes) return this.#madeUp(logicalId, resource, name);
    const value = attributes[name];
    if (value === undefined) {
      throw new LocalCloudError(`${logicalId} has no ${name}: expected one of ${Object.keys(attributes).join(', ')}`);
    }
    return value;
  }

  /** The value in the template's mappings, by map, first and second key. */
  mapped(path: readonly string[]): unknown {
    const value = path.reduce<unknown>((entry, key) => (isSection(entry) ? entry[key] : undefined), this.#mappings);
    if (value === undefined) throw new LocalCloudError(`Mappings has no ${path.join('.')}`);
    return value;
  }

  #madeUp(logicalId: string, resource: Resource | undefined, name: string): string {
    if (!resource && !isGenerated(logicalId, this.#resources)) {
      throw new LocalCloudError(`${logicalId} is neither a parameter nor a resource of the template`);
    }
    if (name === 'Ref') return logicalId;
    if (name !== 'Arn') return `${logicalId}.${name}`;
    const service = resource?.type.split('::')[1]?.toLowerCase() ?? 'iam';
    return `arn:aws:${service === 'serverless' ? 'lambda' : service}:${this.region}:${ACCOUNT_ID}:${logicalId}`;
  }
}

/** SAM adds resources of its own, such as `SomeFunctionRole`, and starts their names with that of the resource they serve. */
export function isGenerated(name: string, resources: ReadonlyMap<string, Resource>): boolean {
  if (/^Serverless(RestApi|HttpApi)/.test(name)) return true;
  const serves = ({ logicalId, type }: Resource) =>
    type.startsWith('AWS::Serverless::') &&
    name.startsWith(logicalId) &&
    /^[\w.]*(Role|Stage|Version|Alias\w*|Deployment\w*|Url)$/.test(name.slice(logicalId.length));
  return [...resources.values()].some(serves);
}

export function pseudoParameters(region: string): Map<string, unknown> {
  return new Map<string, unknown>([
    ['AWS::AccountId', ACCOUNT_ID],
    ['AWS::NoValue', undefined],
    ['AWS::NotificationARNs', []],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', `arn:aws:cloudformation:${region}:${ACCOUNT_ID}:stack/${STACK_NAME}/${STACK_NAME}`],
    ['AWS::StackName', STACK_NAME],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
}
