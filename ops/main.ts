/** `npm run ops`: an operator's tools, for the local cloud and for deployed stacks. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';

import { leaveUserSettings, unsetEmpty } from '../local/user-settings.ts';
import { setEnvironment } from '../src/shared-kernel/configuration/environment';
import { type CommandLine, readCommandLine } from './command-line/command-line';
import { ConsoleProgress } from './command-line/console-progress';
import { explain } from './command-line/explain';
import { HELP } from './command-line/help';
import { interruptOnSignals } from './command-line/interrupt-on-signals';
import { deployedStage } from './operator/deployed-stage';
import { localStage } from './operator/local-stage';
import { Operator } from './operator/operator';
import type { Stage } from './operator/stage';

async function main(): Promise<void> {
  unsetEmpty();
  const commandLine = readCommandLine(process.argv.slice(2));

  if (!commandLine) {
    console.log(HELP);
    return;
  }
  const stage = await findStage(commandLine);

  setEnvironment(stage.variables);
  await run(commandLine, stage);
}

/** A deployed stack is found and used with the operator's own settings for AWS, the local cloud without them. */
async function findStage({ stack, region }: CommandLine): Promise<Stage> {
  if (stack === undefined) {
    leaveUserSettings();
    return localStage(process.cwd());
  }
  if (region !== undefined) {
    setEnvironment({ AWS_REGION: region });
  }
  return deployedStage(stack, { cloudFormation: new CloudFormationClient({}), lambda: new LambdaClient({}) });
}

async function run({ command, options, json }: CommandLine, stage: Stage): Promise<void> {
  const progress = new ConsoleProgress(command.counts);

  interruptOnSignals(progress);
  try {
    const { data, text, isFine = true } = await command.run(new Operator(stage), options, progress);

    progress.end();
    console.log(json ? JSON.stringify(data, undefined, 2) : `${text}\n(${stage.name})`);
    process.exitCode = isFine ? 0 : 1;
  } finally {
    progress.end();
  }
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
