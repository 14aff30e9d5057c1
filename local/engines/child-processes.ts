import { fork, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

import { essentials } from '../user-settings.ts';

const GRACE_MILLISECONDS = 3000;

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * The child processes of a local cloud. They have a process group of their own: a terminal sends Ctrl-C to the whole group, and the
 * engines have to outlive the functions that use them. Should the local cloud not be able to end them, the orphan guard does.
 */
export class ChildProcesses {
  readonly #running = new Set<Child>();
  readonly #guard;
  readonly #graceMilliseconds: number;
  #stopping = false;

  /** `guardFile` is the path of `orphan-guard.ts`. */
  constructor(guardFile: string, graceMilliseconds = GRACE_MILLISECONDS) {
    this.#graceMilliseconds = graceMilliseconds;
    this.#guard = fork(guardFile, [], {
      detached: true,
      execArgv: [],
      env: essentials(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#guard.on('error', () => undefined);
    this.#guard.unref();
    this.#guard.channel?.unref();
  }

  /** Whether `stop` was called: from then on a child that ends has not failed, and none is started. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** With `shell`, the command is a line for the shell of the system. */
  spawn(
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv; shell?: boolean } = {},
  ): Child {
    if (this.#stopping) throw new Error('The local cloud is stopping.');
    const child = spawn(command, args, {
      ...options,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid === undefined) return child;
    this.#running.add(child);
    this.#tellGuard(pid);
    child.once('exit', () => {
      this.#running.delete(child);
      this.#tellGuard(-pid);
    });
    return child;
  }

  /** Ends every child, and kills the ones that do not end within the grace time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#running].map((child) => end(child, this.#graceMilliseconds)));
    if (this.#guard.connected) this.#guard.disconnect();
  }

  #tellGuard(message: number): void {
    if (this.#guard.connected) this.#guard.send(message, () => undefined);
  }
}

async function end(child: Child, graceMilliseconds: number): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
  await ended;
  clearTimeout(kill);
}

/** How a child process ended, in a shell's terms: `exit code 137` where a signal killed it. */
export function howEnded(child: Child): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', ({ message }) => {
      resolve(message);
    });
    child.once('close', (code, signal) => {
      resolve(`exit code ${code ?? (signal ? 128 + constants.signals[signal] : 'unknown')}`);
    });
  });
}
