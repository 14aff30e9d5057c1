import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
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

  async id(): Promise<string> {
    const { Stacks } = await this.#client.send(new DescribeStacksCommand({ StackName: this.name }));

    return Stacks?.[0]?.StackId ?? this.name;
  }

  /** Of a stack that was deleted, by its id, too. */
  async resources(nameOrId = this.name): Promise<StackResourceSummary[]> {
    const resources: StackResourceSummary[] = [];

    for await (const page of paginateListStackResources({ client: this.#client }, { StackName: nameOrId })) {
      resources.push(...(page.StackResourceSummaries ?? []));
    }
    return resources;
  }

  close(): void {
    this.#client.destroy();
  }
}
