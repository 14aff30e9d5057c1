import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  type StackEvent,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

import { CREDENTIALS, type MiniStack, REGION } from './ministack.mts';
import { DeployTestError } from './workplace.mts';

/** A stack that `sam deploy` made. */
export class Stack {
  readonly name: string;
  readonly #client: CloudFormationClient;

  constructor(name: string, ministack: MiniStack) {
    this.name = name;
    this.#client = new CloudFormationClient({ endpoint: ministack.url, region: REGION, credentials: CREDENTIALS });
  }

  /** @throws DeployTestError when the stack has no such output */
  async output(key: string): Promise<string> {
    const { Stacks } = await this.#client.send(new DescribeStacksCommand({ StackName: this.name }));
    const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;

    if (value === undefined) throw new DeployTestError(`Expected the stack ${this.name} to have an output ${key}.`);
    return value;
  }

  /** The id by which it is known when it is deleted, too. */
  async id(): Promise<string> {
    const { Stacks } = await this.#client.send(new DescribeStacksCommand({ StackName: this.name }));
    const id = Stacks?.[0]?.StackId;

    if (id === undefined) throw new DeployTestError(`Expected a stack ${this.name}.`);
    return id;
  }

  async resources(): Promise<StackResourceSummary[]> {
    const resources: StackResourceSummary[] = [];

    for await (const page of paginateListStackResources({ client: this.#client }, { StackName: this.name })) {
      resources.push(...(page.StackResourceSummaries ?? []));
    }
    return resources;
  }

  /** @throws DeployTestError when the stack has no such resource */
  async physicalId(logicalId: string): Promise<string> {
    const resource = (await this.resources()).find(({ LogicalResourceId }) => LogicalResourceId === logicalId);

    if (!resource?.PhysicalResourceId)
      throw new DeployTestError(`Expected the stack ${this.name} to have ${logicalId}.`);
    return resource.PhysicalResourceId;
  }

  /** What happened to its resources, the newest first; of a stack that was deleted by its id. */
  async events(nameOrId = this.name): Promise<StackEvent[]> {
    const events: StackEvent[] = [];

    for await (const page of paginateDescribeStackEvents({ client: this.#client }, { StackName: nameOrId })) {
      events.push(...(page.StackEvents ?? []));
    }
    return events;
  }

  /** Why resources could not be made, a line each. */
  async failures(): Promise<string[]> {
    const events = await this.events().catch(() => []);

    return events
      .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .map(
        ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`,
      );
  }
}
