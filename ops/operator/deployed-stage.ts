import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import { OpsError } from '../support/ops-error';
import { ARCHIVE, BROKER, type Stage } from './stage';

/** How a deployed stack is found. */
interface StackClients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

/**
 * A stack of this template in AWS.
 *
 * @throws OpsError when there is no such stack, or it is one of another template
 */
export async function deployedStage(stack: string, { cloudFormation, lambda }: StackClients): Promise<Stage> {
  const region = await cloudFormation.config.region();
  const name = `the stack ${stack} in ${region}`;
  const resources = await readResources(cloudFormation, stack, name);
  const broker = resources.find(({ id }) => id === BROKER);

  if (!broker) {
    throw new OpsError(`Expected a function ${BROKER} in ${name}: is it a stack of this template?`);
  }
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: broker.physicalId }));
  const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');

  return {
    name,
    variables: { ...Environment?.Variables, AWS_REGION: region },
    queues: new Map(queues.map(({ id, physicalId }) => [id, physicalId])),
    archive: resources.find(({ id }) => id === ARCHIVE)?.physicalId,
  };
}

async function readResources(client: CloudFormationClient, stack: string, name: string) {
  const resources: { id: string; type: string; physicalId: string }[] = [];

  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack })) {
      for (const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' } of StackResourceSummaries) {
        resources.push({ id: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId });
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') {
      throw new OpsError(`There is no ${name.replace('the ', '')}: ${error.message}`, { cause: error });
    }
    throw error;
  }
  return resources;
}
