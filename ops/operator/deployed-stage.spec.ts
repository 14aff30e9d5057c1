import {
  CloudFormationClient,
  type ListStackResourcesCommandInput,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';

import { injectFault } from '../../test/support/faults';
import { OpsError } from '../support/ops-error';
import { deployedStage } from './deployed-stage';

const CREDENTIALS = { accessKeyId: 'a', secretAccessKey: 'b' };
const resource = (LogicalResourceId: string, ResourceType: string, PhysicalResourceId: string) =>
  ({ LogicalResourceId, ResourceType, PhysicalResourceId }) as StackResourceSummary;

describe('deployedStage', () => {
  const cloudFormation = new CloudFormationClient({ region: 'eu-west-1', credentials: CREDENTIALS });
  const lambda = new LambdaClient({ region: 'eu-west-1', credentials: CREDENTIALS });
  const mends: (() => void)[] = [];

  afterEach(() => {
    mends.splice(0).forEach((mend) => {
      mend();
    });
  });

  /** Answers as CloudFormation does: in pages. */
  function given(...pages: readonly StackResourceSummary[][]): void {
    mends.push(
      injectFault(cloudFormation, ({ input }) => {
        const page = Number((input as ListStackResourcesCommandInput).NextToken ?? 0);
        const NextToken = page + 1 < pages.length ? String(page + 1) : undefined;

        return Promise.resolve({ output: { $metadata: {}, StackResourceSummaries: pages[page], NextToken } });
      }),
    );
  }

  it('given a stack, then finds its queues and what its functions know', async () => {
    given(
      [resource('IamUserQueue', 'AWS::SQS::Queue', 'https://sqs/1/iam-user.fifo')],
      [
        resource('EventLog', 'AWS::DynamoDB::Table', 'EventLog'),
        resource('EventBroker', 'AWS::Lambda::Function', 'fn-1'),
        resource('ArchiveBucket', 'AWS::S3::Bucket', 'iam-archive'),
      ],
    );
    const asked: unknown[] = [];
    mends.push(
      injectFault(lambda, ({ input }) => {
        asked.push(input);
        return Promise.resolve({
          output: { $metadata: {}, Environment: { Variables: { eventLogTable: 'EventLog' } } },
        });
      }),
    );

    expect(await deployedStage('iam', { cloudFormation, lambda })).toEqual({
      name: 'the stack iam in eu-west-1',
      variables: { eventLogTable: 'EventLog', AWS_REGION: 'eu-west-1' },
      queues: new Map([['IamUserQueue', 'https://sqs/1/iam-user.fifo']]),
      archive: 'iam-archive',
    });
    expect(asked).toEqual([{ FunctionName: 'fn-1' }]);
  });

  it('given a stack of another template, then says so', async () => {
    given([resource('Bucket', 'AWS::S3::Bucket', 'b')]);

    await expect(deployedStage('web', { cloudFormation, lambda })).rejects.toThrow(
      'Expected a function EventBroker in the stack web in eu-west-1: is it a stack of this template?',
    );
  });

  it('given no such stack, then says so', async () => {
    mends.push(
      injectFault(cloudFormation, () =>
        Promise.reject(Object.assign(new Error('Stack with id iam does not exist'), { name: 'ValidationError' })),
      ),
    );
    const failing = deployedStage('iam', { cloudFormation, lambda });

    await expect(failing).rejects.toThrow(OpsError);
    await expect(failing).rejects.toThrow('There is no stack iam in eu-west-1: Stack with id iam does not exist');
  });
});
