/** `npm run test:deploy`: deploys the production build with the SAM CLI to an AWS on this machine, and tests what came of it. */
import { join } from 'node:path';

import { awaitSnapshot, repeatCommands, requireToken } from './checks.mts';
import { CLOSED, Deployment, OPEN } from './deployment.mts';
import { PROD, tryFirstDeployment } from './first-deployment.mts';
import { MiniStack } from './ministack.mts';
import { pythonTools } from './python-tools.mts';
import { step } from './step.mts';
import { DeployTestError, runInWorkplace, type Workplace } from './workplace.mts';

async function test(workplace: Workplace): Promise<void> {
  const sam = await step('SAM CLI', () => pythonTools('sam', workplace));
  const python = await step('MiniStack', () => pythonTools('ministack', workplace));

  await step('npm run build:prod', () => workplace.run('build', ['npm', 'run', 'build:prod'], process.env));
  const ministack = await step('Start MiniStack', () => MiniStack.start(join(python, 'python'), workplace));
  const deployment = new Deployment(sam, ministack, workplace);

  await step('npm run package', () => deployment.package());
  const leftOut = await step('npm run deploy', () => deployment.deploy(OPEN));

  await check(deployment, ministack).catch((error: unknown) => {
    throw new DeployTestError([(error as Error).message, ...ministack.failures()].join('\n'), { cause: error });
  });
  await step(
    'sam delete',
    () => deployment.delete(),
    ({ deleted, kept }) => `${deleted} resources, kept: ${kept.join(', ') || 'none'}`,
  );
  await tryFirstDeployment(new Deployment(sam, ministack, workplace, PROD), ministack.url);
  for (const { what, reason } of leftOut) console.log(`Left out: ${what}: ${reason}.`);
  console.log('The production build deploys, works with the rights that its roles have, and goes when it is deleted.');
}

async function check(deployment: Deployment, ministack: MiniStack): Promise<void> {
  await checkOpen(deployment, ministack.url);
  await step('npm run deploy, with authentication', () => deployment.deploy(CLOSED));
  await step('Nobody gets in without a token', async () => requireToken(await deployment.url()));
  // The last of all: by now, whatever followed a stream or a queue has had its time.
  await step('No function failed or was refused anything', () => {
    if (ministack.failures().length > 0) throw new DeployTestError('Expected none of these in the log of MiniStack:');
  });
}

async function checkOpen(deployment: Deployment, endpoint: string): Promise<void> {
  const url = await deployment.url();
  const snapshots = await deployment.stack.physicalId('Snapshots');

  await step('npm run smoke', () => deployment.smoke());
  await step(
    'Postman collection',
    () => deployment.collection(),
    (tests) => tests,
  );
  await step('Every command, sent again with its key', () => repeatCommands(url));
  await step('A snapshot', () => awaitSnapshot(url, endpoint, snapshots));
  await step('npm run ops -- verify', () => deployment.verify());
}

await runInWorkplace('deploy-test', test);
