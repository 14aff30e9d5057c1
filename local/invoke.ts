/** `npm run invoke`: runs one function against the engines of the local cloud that runs in this folder. */
import type { Writable } from 'node:stream';

import { awsEnvironment } from './aws-environment.ts';
import { chooseFunction, functionList } from './invoke/choose-function.ts';
import { HELP, readCommandLine } from './invoke/command-line.ts';
import { readEvent } from './invoke/read-event.ts';
import { runningCloud } from './running-cloud.ts';
import { debugFunction } from './lambda/debug-function.ts';
import { FunctionError } from './lambda/function-error.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import { leaveUserSettings } from './user-settings.ts';

const print = reserveStandardOutput();
leaveUserSettings();

/** The answer alone goes to the standard output, for the next command of a pipe; whatever else is written is a log. */
function reserveStandardOutput(): (answer: string) => Promise<void> {
  const { stdout } = process;
  // The whole stream: what a function writes is piped into it, and has to hear when there is room again.
  Object.defineProperty(process, 'stdout', { value: process.stderr });
  return (text) => written(stdout, `${text}\n`);
}

/** Resolves when everything up to this text has left the process. */
function written(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => {
      resolve();
    });
  });
}

async function answer(): Promise<string> {
  const { help, functionId, eventFile, inspectorPort } = readCommandLine(process.argv.slice(2));
  if (help) return `${HELP}\n\n${functionsHere()}`;
  const { functions, endpoints, region } = runningCloud(process.cwd(), process.env);
  const model = chooseFunction(functions, functionId);
  const event = await readEvent(eventFile, model.logicalId);
  const environment = awsEnvironment(endpoints, region);
  if (inspectorPort !== undefined) return json(await debugFunction(model, environment, event, inspectorPort));
  const pool = new FunctionPool(model, { environment });
  return json(await pool.invoke(event).finally(() => pool.stop()));
}

function json(answer: unknown): string {
  return JSON.stringify(answer, undefined, 2);
}

function functionsHere(): string {
  try {
    return functionList(runningCloud(process.cwd(), process.env).functions);
  } catch (error) {
    return (error as LocalCloudError).message;
  }
}

async function fail(error: unknown): Promise<void> {
  process.exitCode = 1;
  if (error instanceof FunctionError) await print(json(error.payload));
  else console.error(error instanceof LocalCloudError ? error.message : error);
}

await answer().then(print).catch(fail);
// A reader that is slow has not had all of the log yet, and what is left ends with the process.
await written(process.stderr, '');
process.exit();
