import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type State, stateFile } from '../../local/state-file.ts';
import { readTemplate } from '../../local/template/template.ts';

export const ROOT = join(__dirname, '../..');

const START_MILLISECONDS = 50_000;

/** Beside the local cloud that somebody may have started in this folder, and those of other specs. */
const OWN_CLOUD = { LOCAL_CLOUD: `test-${process.pid}` };

/** What a process printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the project's commands to its end, on the local cloud that this spec has started. */
export async function run(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = start(file, args, environment);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];

  return { code, stdout: stdout(), stderr: stderr() };
}

function start(file: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...OWN_CLOUD, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';

  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** The template's own parameters but for these, whatever a `.env` says; the API is open unless `--auth` closes it. */
function parameters(changes: Readonly<Record<string, string>>): string[] {
  const declared = readTemplate(join(ROOT, 'template.yaml')).parameters as Record<string, { Default: string | number }>;
  const given: Readonly<Record<string, string>> = { authentication: 'none', ...changes };

  return Object.entries(declared).flatMap(([name, { Default }]) => [
    '--parameter',
    `${name}=${given[name] ?? Default}`,
  ]);
}

/** `npm start` on a port of its own. */
export class RunningLocalCloud {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    readonly output: () => string,
    readonly errors: () => string,
  ) {}

  /**
   * Resolves once it has printed `Ready`; rejects with what it printed when it ends before. The environment may name engines
   * that run already.
   */
  static async start(
    changes: Readonly<Record<string, string>> = {},
    environment: NodeJS.ProcessEnv = {},
    options: readonly string[] = [],
  ): Promise<RunningLocalCloud> {
    const child = start('local/main.ts', [...parameters(changes), '--no-types', ...options], {
      ...environment,
      PORT: '0',
    });
    const [output, errors] = [collect(child.stdout), collect(child.stderr)];

    await new Promise<void>((resolve, reject) => {
      // What nobody waits for any more would go on for ever.
      const deadline = setTimeout(() => child.kill('SIGINT'), START_MILLISECONDS);

      child.stdout.on('data', () => {
        if (/^Ready /m.test(output())) {
          clearTimeout(deadline);
          resolve();
        }
      });
      child.once('close', () => {
        clearTimeout(deadline);
        reject(new Error(`It ended before it was ready:\n${output()}${errors()}`));
      });
    });
    return new RunningLocalCloud(/^Ready (\S+)$/m.exec(output())?.[1] ?? '', child, output, errors);
  }

  /** What it has printed, but for a line whose end has not come yet. */
  get lines(): string[] {
    return this.output().split('\n').slice(0, -1);
  }

  get stateFile(): string {
    return stateFile(ROOT, OWN_CLOUD);
  }

  /** What it has written for other commands to find it. */
  get state(): State {
    return JSON.parse(readFileSync(this.stateFile, 'utf8')) as State;
  }

  /** Sends a signal, and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.child.exitCode !== null) {
      return this.child.exitCode;
    }
    const closed = once(this.child, 'close');

    this.child.kill(signal);
    const [code] = (await closed) as [number | null];

    return code;
  }
}
