/** `npm start`: runs the local cloud of this project until it is interrupted. */
import { dirname } from 'node:path';

import { LocalCloud } from './cloud.ts';
import { HELP, readCommandLine } from './command-line.ts';
import { tryPort } from './engines/free-port.ts';
import { greeting } from './greeting.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import { StateFile } from './state-file.ts';
import { leaveUserSettings, withoutEmpty } from './user-settings.ts';

const root = dirname(import.meta.dirname);

/** npm passes a Ctrl-C on to a process that the terminal has sent it to already. */
const SAME_SIGNAL_MILLISECONDS = 1000;

async function main(): Promise<void> {
  const environment = withoutEmpty(process.env);
  leaveUserSettings();
  const { help, types, ...options } = readCommandLine(process.argv.slice(2), environment);
  if (help) {
    console.log(HELP);
    return;
  }
  const state = await StateFile.claim(root, environment);
  process.on('exit', () => {
    state.release();
  });
  await requirePort(options.port);
  const cloud = new LocalCloud({
    ...options,
    root,
    state,
    installation: root,
    build: true,
    environment,
    tell: (line) => {
      if (!ending) console.log(line);
    },
    warn: (line) => {
      console.warn(line);
    },
    onFailure: (error) => void end(cloud, error),
  });
  endOnSignal(cloud);
  endWithNpm(cloud);
  try {
    const started = await cloud.start();
    if (ending) return;
    console.log(greeting(started));
    if (types) await tellTypeErrors(cloud);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    await end(cloud, taken ? portError(options.port, error as NodeJS.ErrnoException) : error);
  }
}

/** After the line that begins with Ready: the bundles run with them. */
async function tellTypeErrors(cloud: LocalCloud): Promise<void> {
  const errors = await cloud.typeErrors();
  if (errors !== undefined) console.error(errors);
}

let ending = false;

/** Stops everything and exits: with 0 where nothing has failed. Only the first call counts. */
async function end(cloud: LocalCloud, error?: unknown): Promise<void> {
  if (ending) return;
  ending = true;
  await cloud.stop().catch(report);
  if (error !== undefined) report(error);
  process.exit(error === undefined ? 0 : 1);
}

function endOnSignal(cloud: LocalCloud): void {
  let first: number | undefined;
  const onSignal = () => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MILLISECONDS) process.exit(130);
    void end(cloud);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** A signal to npm alone ends npm's shell, which does not pass it on: whoever ended that meant the local cloud. */
function endWithNpm(cloud: LocalCloud): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) void end(cloud);
  }, 200).unref();
}

async function requirePort(port: number): Promise<void> {
  try {
    await tryPort(port, '127.0.0.1');
  } catch (error) {
    throw portError(port, error as NodeJS.ErrnoException);
  }
}

function portError(port: number, error: NodeJS.ErrnoException): LocalCloudError {
  const reason =
    error.code === 'EADDRINUSE' ? 'is taken: stop what listens there' : `cannot be used (${error.message}): free it`;
  return new LocalCloudError(`Port ${port} ${reason}, or choose another with PORT=${port + 1} npm start.`, {
    cause: error,
  });
}

function report(error: unknown): void {
  console.error(error instanceof LocalCloudError ? error.message : error);
}

main().catch((error: unknown) => {
  report(error);
  process.exitCode = 1;
});
