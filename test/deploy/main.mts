/** `npm run test:deploy`: deploys the production build with the SAM CLI to an AWS on this machine, and tests what came of it. */
import { delimiter, join } from 'node:path';

import { awaitSnapshot, repeatCommands, runCollection } from './checks.mts';
import { leaveOut, type LeftOut } from './left-out.mts';
import { MiniStack, REGION } from './ministack.mts';
import { pythonTools } from './python-tools.mts';
import { Stack } from './stack.mts';
import { step } from './step.mts';
import { DeployTestError, ROOT, Workplace } from './workplace.mts';

const PACKAGED = join(ROOT, '.aws-sam/packaged.yaml');
/** Beside the packaged template: `npm run deploy` finds samconfig.toml from there. */
const DEPLOYED = join(ROOT, '.aws-sam/packaged-for-ministack.yaml');
const STACK = 'ddd-cqrs-es-aws-sam';

/** npm passes a Ctrl-C on to a process that the terminal has sent it to already. */
const SAME_SIGNAL_MILLISECONDS = 1000;

/** What a deployment needs. */
interface Deployment {
  readonly ministack: MiniStack;
  readonly environment: NodeJS.ProcessEnv;
  readonly workplace: Workplace;
}

async function test(workplace: Workplace): Promise<void> {
  const sam = await step('SAM CLI', () => pythonTools('sam', workplace));
  const python = await step('MiniStack', () => pythonTools('ministack', workplace));

  await step('npm run build:prod', () => workplace.run('build', ['npm', 'run', 'build:prod'], process.env));
  const ministack = await step('Start MiniStack', () => MiniStack.start(join(python, 'python'), workplace));
  const environment = { ...ministack.environment, PATH: `${sam}${delimiter}${process.env.PATH ?? ''}` };
  const deployment = { ministack, environment, workplace };
  const { leftOut, stack } = await deploy(deployment);

  await check(stack, deployment);
  await step(
    'sam delete',
    () => deleteStack(stack, deployment),
    (deleted) => `${deleted} resources`,
  );
  stack.close();
  summarize(leftOut);
}

async function deploy({ ministack, environment, workplace }: Deployment) {
  await step('npm run package', () => workplace.run('package', ['npm', 'run', 'package'], environment));
  const { template, leftOut } = leaveOut(PACKAGED, DEPLOYED);
  const parameters = 'authentication' in (template.Parameters ?? {}) ? ['authentication=none'] : [];
  const overrides = parameters.length > 0 ? ['--parameter-overrides', ...parameters] : [];
  const command = ['npm', 'run', 'deploy', '--', '--template-file', DEPLOYED, ...overrides] as const;

  await step('npm run deploy', () => workplace.run('deploy', command, environment));
  return { leftOut, stack: new Stack(STACK, ministack) };
}

async function check(stack: Stack, { ministack, environment, workplace }: Deployment): Promise<void> {
  const url = ministack.urlOf(await stack.output('ApiUrl'));
  const snapshots = (await stack.resources()).find(({ LogicalResourceId }) => LogicalResourceId === 'Snapshots');
  const verify = ['npm', 'run', 'ops', '--', 'verify', '--stack', STACK, '--region', REGION] as const;

  await step(
    'Postman collection',
    () => runCollection(url),
    (tests) => `${tests} tests`,
  );
  await step('Every command, sent again with its key', () => repeatCommands(url));
  await step('A snapshot', () => awaitSnapshot(url, ministack.url, snapshots?.PhysicalResourceId ?? 'Snapshots'));
  await step('npm run ops -- verify', () => workplace.run('verify', verify, environment));
  await step('No function failed or was refused anything', () => {
    const failures = ministack.failures();

    if (failures.length > 0) throw new DeployTestError(failures.slice(0, 10).join('\n'));
  });
}

/** @throws DeployTestError when something is left that the template does not ask to keep */
async function deleteStack(stack: Stack, { environment, workplace }: Deployment): Promise<number> {
  const id = await stack.id();
  const command = ['sam', 'delete', '--no-prompts', '--stack-name', STACK, '--region', REGION] as const;

  await workplace.run('delete', command, environment);
  const resources = await stack.resources(id);
  const left = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  if (left.length > 0) {
    const list = left.map((one) => `${one.LogicalResourceId ?? ''}: ${one.ResourceStatus ?? ''}`);

    throw new DeployTestError(`The stack leaves behind:\n${list.join('\n')}`);
  }
  return resources.length;
}

function summarize(leftOut: readonly LeftOut[]): void {
  for (const { what, reason } of leftOut) console.log(`Left out: ${what}: ${reason}.`);
  console.log('The production build deploys, works with the rights that its roles have, and goes without a trace.');
}

let ending = false;

function endOnSignal(workplace: Workplace): void {
  let first: number | undefined;
  const onSignal = () => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MILLISECONDS) process.exit(130);
    if (ending) return;
    ending = true;
    void workplace.close().finally(() => process.exit(130));
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

const workplace = await Workplace.open();

endOnSignal(workplace);
try {
  await test(workplace);
} catch (error) {
  if (!ending) console.error(error instanceof DeployTestError ? error.message : error);
  process.exitCode = 1;
} finally {
  if (!ending) await workplace.close();
}
