import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { poll } from '../../local/poll.ts';
import type { State } from '../../local/state-file.ts';

const CHECKOUT = join(__dirname, '../..');
const PATIENCE = { timeoutMilliseconds: 60_000, intervalMilliseconds: 20 };

/** Copies the template and one bundle, in webpack's place of the real build. */
const WEBPACK_CONFIGURATION = `
const fs = require('node:fs');
fs.mkdirSync('.aws-sam/build', { recursive: true });
fs.copyFileSync('template.yaml', '.aws-sam/build/template.yaml');
module.exports = {
  entry: './app.js', target: 'node',
  output: { path: __dirname + '/.aws-sam/build/Function', filename: 'app.js', library: { type: 'commonjs2' } },
};`;

/** A project of its own that `npm start` runs: a template and the source of its one function. */
export class LocalProject {
  readonly root = mkdtempSync(join(tmpdir(), 'project-'));
  readonly #running: LocalRun[] = [];

  constructor(template: string, source: string) {
    for (const name of ['local', 'node_modules']) symlinkSync(join(CHECKOUT, name), join(this.root, name), 'junction');
    this.write('webpack.config.js', WEBPACK_CONFIGURATION);
    this.write('template.yaml', template);
    this.write('app.js', source);
  }

  write(name: string, content: string | Uint8Array): void {
    const file = join(this.root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** What `.aws-sam/local.json` says; undefined where there is none. */
  get state(): State | undefined {
    const file = join(this.root, '.aws-sam/local.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : undefined;
  }

  /** Runs local/main.ts of this project, on a free port unless the arguments say which. */
  run(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): LocalRun {
    const port = args.includes('--port') ? [] : ['--port', '0'];
    const main = ['--preserve-symlinks-main', join(this.root, 'local/main.ts')];
    const child = spawn(process.execPath, [...main, ...port, ...args], {
      cwd: this.root,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const run = new LocalRun(child);
    this.#running.push(run);
    return run;
  }

  /** Ends what still runs. */
  async remove(): Promise<void> {
    await Promise.all(this.#running.map((run) => run.stop()));
    rmSync(this.root, { recursive: true });
  }
}

/** A run of local/main.ts. */
export class LocalRun {
  output = '';
  /** What of the output has come by the standard error. */
  errors = '';
  /** Exit code. */
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.exit = once(child, 'close').then(([code]) => code as number | null);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.output += chunk;
        if (stream === child.stderr) this.errors += chunk;
      });
    }
  }

  get lines(): string[] {
    return this.output.trim().split('\n');
  }

  /** The URL of the API, as soon as it is served; rejects where the run ends instead. */
  async ready(): Promise<string> {
    const url = await poll(() => {
      if (this.#child.exitCode !== null) throw new Error(`It has ended:\n${this.output}`);
      return Promise.resolve(/^Ready (\S+)$/m.exec(this.output)?.[1]);
    }, PATIENCE);
    if (url === undefined) throw new Error(`It is not ready:\n${this.output}`);
    return url;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.exit;
  }
}
