import { LocalCloudError } from '../local-cloud-error.ts';
import { withGlobals } from '../template/globals.ts';
import { Properties } from '../template/properties.ts';
import { references } from '../template/references.ts';
import type { Attributes, Scope } from '../template/scope.ts';
import type { Resource, Template } from '../template/template.ts';
import type { Warnings } from '../template/warnings.ts';
import { createBucket } from './bucket.ts';
import type { Clients } from './clients.ts';
import { createQueue } from './queue.ts';
import type { CreateResource } from './resource-kind.ts';
import { createStreamConsumer } from './stream-consumer.ts';
import { createStream } from './stream.ts';
import { createSimpleTable, createTable } from './table.ts';

/** The resource types that exist in the engines. */
const KINDS: Readonly<Record<string, CreateResource>> = {
  'AWS::DynamoDB::Table': createTable,
  'AWS::Kinesis::Stream': createStream,
  'AWS::Kinesis::StreamConsumer': createStreamConsumer,
  'AWS::S3::Bucket': createBucket,
  'AWS::SQS::Queue': createQueue,
  'AWS::Serverless::SimpleTable': createSimpleTable,
};

export interface ProvisionInput {
  readonly template: Template;
  readonly scope: Scope;
  readonly clients: Clients;
  readonly warnings: Warnings;
}

/** A resource that is to be created. */
interface Plan {
  readonly resource: Resource;
  readonly create: CreateResource;
}

/**
 * Creates every resource that the engines can hold, each as soon as the ones that it refers to exist, and defines their
 * attributes in the scope. Answers the attributes by logical id; throws a LocalCloudError for a circle.
 */
export async function provision(input: ProvisionInput): Promise<ReadonlyMap<string, Attributes>> {
  const plans = plan(input);
  const dependencies = new Map([...plans.values()].map((plan) => [plan, dependenciesOf(plan, plans)]));
  requireNoCircle(new Map([...dependencies].map(([{ resource }, needed]) => [resource.logicalId, needed.map(idOf)])));
  const started = new Map<Plan, Promise<Attributes>>();
  const start = (plan: Plan): Promise<Attributes> => {
    const running =
      started.get(plan) ?? Promise.all((dependencies.get(plan) ?? []).map(start)).then(() => run(plan, input));
    started.set(plan, running);
    return running;
  };
  return new Map(await Promise.all([...plans].map(async ([id, plan]) => [id, await start(plan)] as const)));
}

function plan({ template, scope }: ProvisionInput): Map<string, Plan> {
  const plans = new Map<string, Plan>();
  for (const [id, resource] of template.resources) {
    const create = KINDS[resource.type];
    if (create && scope.exists(resource)) plans.set(id, { resource, create });
  }
  return plans;
}

function dependenciesOf({ resource }: Plan, plans: ReadonlyMap<string, Plan>): Plan[] {
  const { logicalId, properties, dependsOn } = resource;
  const names = [...references(properties, logicalId)].map(({ name }) => name);
  return [...new Set([...names, ...dependsOn])].flatMap((name) => plans.get(name) ?? []);
}

function idOf({ resource }: Plan): string {
  return resource.logicalId;
}

/** Throws a LocalCloudError that shows the circle, if there is one. */
export function requireNoCircle(dependencies: ReadonlyMap<string, readonly string[]>): void {
  const free = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (free.has(id)) return;
    const circle = path.indexOf(id);
    if (circle >= 0) {
      const names = [...path.slice(circle), id].join(' → ');
      throw new LocalCloudError(`Resources: circular dependency ${names}. Take one of these references out.`);
    }
    for (const dependency of dependencies.get(id) ?? []) visit(dependency, [...path, id]);
    free.add(id);
  };
  for (const id of dependencies.keys()) visit(id, []);
}

async function run({ resource, create }: Plan, input: ProvisionInput): Promise<Attributes> {
  const { template, scope, clients, warnings } = input;
  const { logicalId, type } = resource;
  const properties = new Properties(withGlobals(resource, template), scope, `Resources.${logicalId}.Properties`);
  try {
    const attributes = await create(properties, { logicalId, clients });
    scope.define(logicalId, attributes);
    warnings.ignored(type, [...properties.unread(), ...resource.attributes]);
    return attributes;
  } catch (error) {
    if (error instanceof LocalCloudError) throw error;
    const { name, message } = error as Error;
    throw new LocalCloudError(`Resources.${logicalId} (${type}) could not be created: ${name}: ${message}`, {
      cause: error,
    });
  }
}
