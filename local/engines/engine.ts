import { LocalCloudError } from '../local-cloud-error.ts';
import { poll } from '../poll.ts';
import { answers } from './answers.ts';
import { howEnded, type ChildProcesses } from './child-processes.ts';
import { OutputTail } from './output-tail.ts';

const START_TIMEOUT_MILLISECONDS = 30_000;
const PORTS = 3;
const PORT_TAKEN = /EADDRINUSE|already in use/;
/** What every engine prints once it listens. */
const LISTENING = /listening/i;

/** How to run the engine of an AWS service as a child process. */
export interface EngineCommand {
  /** As in AWS: `DynamoDB`. */
  readonly service: string;
  /** The npm package's own name: `dynoxide`. */
  readonly program: string;
  /** The variable that names another engine's endpoint. */
  readonly variable: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly endpoint: string;
}

/**
 * Starts the engine and waits until it answers; rejects with a LocalCloudError where it does not. `onFailure` gets one when
 * the engine ends later on without having been stopped.
 */
export async function startEngine(
  engine: EngineCommand,
  children: ChildProcesses,
  onFailure: (error: LocalCloudError) => void,
): Promise<string> {
  const child = children.spawn(engine.command, engine.args, { env: engine.environment });
  const output = new OutputTail(child);
  let end: string | undefined;
  const ended = howEnded(child).then((how) => {
    end = how;
    return failure(engine, `stopped: ${how}`, output);
  });
  // At its port somebody else may answer, who took it in between: so it has to say so itself, too.
  const isReady = async () => LISTENING.test(output.text) && (await answers(engine.endpoint));
  const ready = await poll(async () => end !== undefined || (await isReady()) || undefined, {
    timeoutMilliseconds: START_TIMEOUT_MILLISECONDS,
    intervalMilliseconds: 20,
  });
  if (end !== undefined) throw await ended;
  if (!ready) {
    throw failure(engine, `did not answer at ${engine.endpoint} within ${START_TIMEOUT_MILLISECONDS / 1000} s`, output);
  }
  output.clear();
  void ended.then((error) => {
    if (!children.stopping) onFailure(error);
  });
  return engine.endpoint;
}

/** Starts an engine on a port that was free a moment ago. Where somebody took it in between, another is tried. */
export async function startOnFreePort(
  command: () => Promise<EngineCommand>,
  children: ChildProcesses,
  onFailure: (error: LocalCloudError) => void,
): Promise<string> {
  for (let left = PORTS - 1; ; left -= 1) {
    try {
      return await startEngine(await command(), children, onFailure);
    } catch (error) {
      if (left === 0 || !PORT_TAKEN.test((error as Error).message)) throw error;
    }
  }
}

function failure({ service, program, variable }: EngineCommand, what: string, output: OutputTail): LocalCloudError {
  const printed = output.text && `${output.text}\n`;
  return new LocalCloudError(
    `${printed}The ${service} engine (${program}) ${what}. Run npm start again; if it happens again, ` +
      `set ${variable} to an engine of your own.`,
  );
}
