/** `npm run test:faults`: hands its options to the suite, and runs that. */
import { runJest } from '../support/run-jest.mts';
import { HELP, readCommandLine, UsageError } from './command-line.mts';

function main(): void {
  const { help, environment } = readCommandLine(process.argv.slice(2));

  if (help) {
    console.log(HELP);
    return;
  }
  const isLongRun = Object.keys(environment).length > 0;

  runJest(`test/faults/${isLongRun ? 'every-kind' : ''}`, environment);
}

try {
  main();
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
