import { statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { getCallSites } from 'node:util';
import { Worker } from 'node:worker_threads';

import type { FunctionModel } from '../model.ts';
import { functionEnvironment } from './function-environment.ts';
import { type ErrorPayload, FunctionError } from './function-error.ts';
import type { InstanceData, InstanceMessage } from './instance-worker.ts';
import { passOnLog } from './pass-on-log.ts';
import type { Invocation } from './runtime.ts';

/** Lambda gives the initialisation 10 seconds, and then once more the function's own time-out. */
const INITIALISATION_SECONDS = 10;

/** This file: its URL in an ES module, its path in CommonJS, where `import.meta` is a syntax error. */
const here = getCallSites(1)[0]?.scriptName ?? '';
const workerFile = new URL('./instance-worker.ts', here.startsWith('file:') ? here : pathToFileURL(here));

/**
 * An execution environment: a worker thread that holds the loaded bundle and runs one invocation at a time.
 * After a time-out, an exit or an uncaught exception it is of no use any more.
 */
export class FunctionInstance {
  /** Resolves when the bundle is loaded; rejects with a FunctionError that names it when it cannot be. */
  readonly ready: Promise<unknown>;
  readonly #model: FunctionModel;
  readonly #worker: Worker;
  readonly #builtAt: number | undefined;
  #step = Promise.withResolvers<string>();
  #requestId: string | undefined;
  #dead = false;

  constructor(model: FunctionModel, environment: Readonly<Record<string, string>>) {
    this.#model = model;
    this.#builtAt = modifiedAt(model.bundle);
    this.#worker = startWorker(model, environment);
    this.#worker.on('message', (message: InstanceMessage) => {
      this.#hear(message);
    });
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#die(this.#crash(error));
    });
    this.#worker.on('exit', (exitCode) => {
      this.#die(this.#failure('Runtime.ExitError', exitReason(exitCode)));
    });
    this.ready = this.#within(INITIALISATION_SECONDS + model.timeoutSeconds);
    // The invocation that needs it hears of a failure; with none, nobody has to.
    this.ready.catch(() => undefined);
  }

  /** Alive, and made from the bundle as it is now. */
  get usable(): boolean {
    return !this.#dead && this.#builtAt === modifiedAt(this.#model.bundle);
  }

  /** Answers the function's result as JSON; rejects with a FunctionError. */
  async invoke(invocation: Omit<Invocation, 'deadline'>): Promise<string> {
    await this.ready;
    const { timeoutSeconds } = this.#model;
    this.#requestId = invocation.requestId;
    this.#step = Promise.withResolvers();
    this.#worker.postMessage({ ...invocation, deadline: Date.now() + timeoutSeconds * 1000 } satisfies Invocation);
    return this.#within(timeoutSeconds);
  }

  /** Resolves when it has ended and all that it logged has been passed on. */
  async stop(): Promise<void> {
    this.#dead = true;
    await this.#worker.terminate();
    await Promise.all([finished(this.#worker.stdout), finished(this.#worker.stderr)]);
  }

  /** The step under way, an initialisation or an invocation; if it takes longer, the instance ends. */
  #within(seconds: number): Promise<string> {
    const timer = setTimeout(() => {
      this.#die(this.#failure('Sandbox.Timedout', `Error: Task timed out after ${seconds.toFixed(2)} seconds`));
    }, seconds * 1000);
    return this.#step.promise.finally(() => {
      clearTimeout(timer);
    });
  }

  #hear(message: InstanceMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#step.resolve('');
        break;
      case 'answer':
        this.#step.resolve(message.answer);
        break;
      case 'error':
        this.#step.reject(new FunctionError(message.error));
        break;
      case 'fatal':
        this.#die(this.#fatal(message.error));
    }
  }

  #die(error: FunctionError): void {
    this.#dead = true;
    this.#step.reject(error);
    void this.#worker.terminate();
  }

  /** Of the function's own making; while it loads, nobody else would say which function that was. */
  #fatal(error: ErrorPayload): FunctionError {
    if (this.#requestId !== undefined) return new FunctionError(error);
    return new FunctionError({ ...error, errorMessage: `${this.#where} ${error.errorMessage}` });
  }

  #crash(error: NodeJS.ErrnoException): FunctionError {
    return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? this.#failure('Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed')
      : this.#failure(error.name, error.message);
  }

  /** Of the platform's making, in Lambda's words. */
  #failure(errorType: string, reason: string): FunctionError {
    return FunctionError.of(errorType, `${this.#where} ${reason}`);
  }

  get #where(): string {
    const { logicalId, bundle } = this.#model;
    return this.#requestId === undefined ? `${logicalId} could not load ${bundle}:` : `RequestId: ${this.#requestId}`;
  }
}

function startWorker(model: FunctionModel, environment: Readonly<Record<string, string>>): Worker {
  // A thread has the time zone of its process, and Lambda's is UTC.
  process.env.TZ = 'UTC';
  const { stdout, stderr } = process;
  const worker = new Worker(workerFile, {
    workerData: { bundle: model.bundle, handler: model.handler } satisfies InstanceData,
    env: functionEnvironment(model, environment),
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: model.memoryMegabytes },
    // What is not taken by us goes to the process' own as it is: a pipe and a file get JSON lines.
    stdout: stdout.isTTY,
    stderr: stderr.isTTY,
  });
  if (stdout.isTTY) passOnLog(worker.stdout, stdout, model.logicalId);
  if (stderr.isTTY) passOnLog(worker.stderr, stderr, model.logicalId);
  return worker;
}

function exitReason(exitCode: number): string {
  return exitCode === 0
    ? 'Error: Runtime exited without providing a reason'
    : `Error: Runtime exited with error: exit status ${exitCode}`;
}

/** When the file was written, in milliseconds since the epoch; undefined where there is none. */
export function modifiedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
