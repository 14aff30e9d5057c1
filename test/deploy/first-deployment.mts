import { deepStrictEqual, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parse } from 'smol-toml';

import { type Deployment, type Parameters, type Stage, VERSION } from './deployment.mts';
import { inventory } from './inventory.mts';
import { readTemplate, type Template } from './left-out.mts';
import { CREDENTIALS, REGION } from './ministack.mts';
import { step } from './step.mts';
import { ROOT } from './workplace.mts';

interface Samconfig {
  readonly prod: { readonly deploy: { readonly parameters: { readonly parameter_overrides: Parameters } } };
}

export const PROD: Stage = { section: 'prod', stack: 'ddd-cqrs-es-aws-sam-prod' };

const TABLE = 'AWS::DynamoDB::Table';
/** What stays when the stack is deleted, and would block the next of its name. */
const KEPT = ['ApiAccessLogs', 'ApplicationLogs', 'EventLog', 'SetValidations'];

/** Fails the first deployment of prod, looks that nothing is in the way of the next, protects its tables, and removes it. */
export async function tryFirstDeployment(prod: Deployment, endpoint: string): Promise<void> {
  const dynamodb = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const parameters = prodParameters();

  try {
    await step('A first deployment of prod fails, and leaves nothing', () => fail(prod, parameters, endpoint));
    await step('npm run deploy of prod', () => prod.deploy(parameters));
    await step('The tables of prod, protected in a second step', async () => {
      deepStrictEqual(await protection(prod, dynamodb), new Set([false]));
      await prod.deploy({ ...parameters, deletionProtection: 'on' });
      deepStrictEqual(await protection(prod, dynamodb), new Set([true]));
    });
    await step('Removing prod keeps what it should', () => remove(prod, parameters, dynamodb));
  } finally {
    dynamodb.destroy();
  }
}

/** Those of samconfig.toml, for a stage that MiniStack can make: it knows no CodeDeploy. */
function prodParameters(): Parameters {
  const samconfig = parse(readFileSync(join(ROOT, 'samconfig.toml'), 'utf8')) as unknown as Samconfig;
  const { parameter_overrides: overrides } = samconfig.prod.deploy.parameters;
  const known = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== ''));

  return {
    ...known,
    deployment: 'atOnce',
    tokenIssuer: 'https://issuer.example.com',
    tokenAudience: 'https://api.example.com',
  };
}

async function fail(prod: Deployment, parameters: Parameters, endpoint: string): Promise<void> {
  await rejects(prod.deploy(parameters, failure()), /^DeployTestError: NoSignal: /);
  const events = await prod.stack.events();
  const kept = events.filter(
    ({ ResourceStatus, ResourceType }) => ResourceStatus === 'DELETE_SKIPPED' && ResourceType !== VERSION,
  );

  deepStrictEqual(
    {
      stack: events[0]?.ResourceStatus,
      made: events.some(
        ({ LogicalResourceId: id, ResourceStatus: status }) => id === 'EventLog' && status === 'CREATE_COMPLETE',
      ),
      kept: kept.map(({ LogicalResourceId }) => LogicalResourceId),
      left: await inventory(endpoint),
    },
    { stack: 'ROLLBACK_COMPLETE', made: true, kept: [], left: [] },
  );
  await prod.delete(); // an empty stack, in whose place CloudFormation makes no other
}

/** What fails when all of the names that a next deployment needs are taken: it waits a second for a signal that nobody sends. */
function failure(): Template['Resources'] {
  const { Resources } = readTemplate(join(ROOT, '.aws-sam/packaged.yaml'));
  const named = Object.entries(Resources).filter(([id, { Type }]) => Type === TABLE || KEPT.includes(id));

  return {
    Signal: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    NoSignal: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: named.map(([id]) => id),
      Properties: { Handle: { Ref: 'Signal' }, Timeout: '1' },
    },
  };
}

async function protection(prod: Deployment, dynamodb: DynamoDBClient): Promise<Set<boolean | undefined>> {
  const tables = (await prod.stack.resources()).filter(({ ResourceType }) => ResourceType === TABLE);
  const described = await Promise.all(
    tables.map(({ PhysicalResourceId: TableName }) => dynamodb.send(new DescribeTableCommand({ TableName }))),
  );

  return new Set(described.map(({ Table }) => Table?.DeletionProtectionEnabled));
}

async function remove(prod: Deployment, parameters: Parameters, dynamodb: DynamoDBClient): Promise<void> {
  await prod.deploy(parameters);
  const { kept } = await prod.delete();

  deepStrictEqual(kept.toSorted(), KEPT);
  for (const name of ['eventLogTable', 'setValidationsTable']) {
    await dynamodb.send(new DeleteTableCommand({ TableName: String(parameters[name]) }));
  }
}
