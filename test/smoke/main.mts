/** `npm run smoke`: tries a running stage, and tells by its exit code whether that works. */
import { leaveProxyForThisMachine } from '../../local/user-settings.ts';
import { accessToken } from './access-token.mts';
import { HELP, readCommandLine, UsageError } from './command-line.mts';
import { SmokeError, SmokeTest } from './smoke-test.mts';
import { Stage } from './stage.mts';

async function main(): Promise<void> {
  leaveProxyForThisMachine();
  const commandLine = readCommandLine(process.argv.slice(2), process.env);

  if (commandLine === undefined) {
    console.log(HELP);
    return;
  }
  const { url, tokenRequest, timeoutSeconds } = commandLine;
  const token = commandLine.token ?? (tokenRequest && (await accessToken(tokenRequest, timeoutSeconds)));

  await new SmokeTest(new Stage(url, token), timeoutSeconds, console.log).run();
  console.log(`Passed: ${url}`);
}

main().catch((error: unknown) => {
  const isKnown = error instanceof UsageError || error instanceof SmokeError;

  console.error(isKnown ? (error instanceof SmokeError ? `FAIL  ${error.message}` : error.message) : error);
  process.exitCode = 1;
});
