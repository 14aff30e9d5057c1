/** Where the deployment test works: the commands it runs, what they print, and what has to end with it. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { type Child, ChildProcesses, howEnded } from '../../local/engines/child-processes.ts';

export const ROOT = join(import.meta.dirname, '../..');

const LINES_SHOWN = 40;
/** npm passes a Ctrl-C on to a process that the terminal has sent it to already. */
const SAME_SIGNAL_MILLISECONDS = 1000;

/** Something is not as it should be: the message says what to do, or shows what a command said last. */
export class DeployTestError extends Error {
  override readonly name = 'DeployTestError';
}

export class Workplace {
  /** Everything that a command printed, for reading after the test. */
  readonly logs: string;
  /** A folder that ends with the test. */
  readonly temporary: string;
  readonly #children = new ChildProcesses(join(ROOT, 'local/engines/orphan-guard.ts'));

  private constructor(name: string, temporary: string) {
    this.logs = join(ROOT, '.aws-sam', name);
    this.temporary = temporary;
  }

  /** Without the logs that the program of this name has left before. */
  static async open(name: string): Promise<Workplace> {
    const workplace = new Workplace(name, await mkdtemp(join(tmpdir(), `${name}-`)));

    rmSync(workplace.logs, { recursive: true, force: true });
    mkdirSync(workplace.logs, { recursive: true });
    return workplace;
  }

  /** Ends every process that is still running. */
  async close(): Promise<void> {
    await this.#children.stop();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  logFile(name: string): string {
    return join(this.logs, `${name}.log`);
  }

  /** Starts a process that prints to a new log of this name, which has everything that it printed once it is closed. */
  start(name: string, [command, ...args]: readonly [string, ...string[]], environment: NodeJS.ProcessEnv): Child {
    const child = this.#children.spawn(command, args, { cwd: ROOT, env: environment });
    const log = this.logFile(name);

    writeFileSync(log, `$ ${[command, ...args].join(' ')}\n`);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer | string) => {
        appendFileSync(log, chunk);
      });
    }
    return child;
  }

  /**
   * Runs a command to its end, and answers what it wrote to its standard output.
   *
   * @throws DeployTestError with the end of its log, when it fails
   */
  async run(name: string, command: readonly [string, ...string[]], environment: NodeJS.ProcessEnv): Promise<string> {
    const child = this.start(name, command, environment);
    const ended = howEnded(child);
    let output = '';

    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const how = await ended;

    if (how !== 'exit code 0') {
      throw new DeployTestError(`${command.join(' ')}: ${how}\n${this.endOfLog(name)}`);
    }
    return output;
  }

  /** The last lines of a log, and where the rest is. */
  endOfLog(name: string): string {
    const lines = readFileSync(this.logFile(name), 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN);

    return `${lines.join('\n')}\n(the whole log: ${relative(process.cwd(), this.logFile(name))})`;
  }
}

/** Runs a program in a workplace of this name, which ends with it and with a signal; the exit code tells whether it succeeded. */
export async function runInWorkplace(name: string, program: (workplace: Workplace) => Promise<void>): Promise<void> {
  const workplace = await Workplace.open(name);
  const interruption = closeOnSignal(workplace);

  try {
    await program(workplace);
  } catch (error) {
    // What a signal ended has not failed.
    if (!interruption.aborted) console.error(error instanceof DeployTestError ? error.message : error);
    process.exitCode = 1;
  } finally {
    if (!interruption.aborted) await workplace.close();
  }
}

function closeOnSignal(workplace: Workplace): AbortSignal {
  const interruption = new AbortController();
  let first: number | undefined;
  const onSignal = () => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MILLISECONDS) process.exit(130);
    if (interruption.signal.aborted) return;
    interruption.abort();
    void workplace.close().finally(() => process.exit(130));
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return interruption.signal;
}
