import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readTemplate } from '../../local/template/template.ts';
import type { State } from '../../local/state-file.ts';

export const ROOT = join(__dirname, '../..');

/** What a process printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the project's commands to its end. */
export async function run(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = start(file, args, environment);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];

  return { code, stdout: stdout(), stderr: stderr() };
}

function start(file: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';

  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
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
    const child = start('local/main.ts', [...parameters(changes), ...options], { ...environment, PORT: '0' });
    const [output, errors] = [collect(child.stdout), collect(child.stderr)];

    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', () => {
        if (/^Ready /m.test(output())) {
          resolve();
        }
      });
      child.once('close', () => {
        reject(new Error(`${output()}${errors()}`));
      });
    });
    return new RunningLocalCloud(/^Ready (\S+)$/m.exec(output())?.[1] ?? '', child, output, errors);
  }

  /** What it has written for other commands to find it. */
  get state(): State {
    return JSON.parse(readFileSync(join(ROOT, '.aws-sam/local.json'), 'utf8')) as State;
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
