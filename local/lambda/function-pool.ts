import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FunctionModel } from '../model.ts';
import { functionArn } from './function-environment.ts';
import { FunctionError } from './function-error.ts';
import { FunctionInstance, modifiedAt } from './function-instance.ts';

export interface FunctionPoolOptions {
  /** What every function of the cloud gets: endpoints, region and credentials as `AWS_…` variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Instances at the same time; by default the machine's cores, but 2 to 4. */
  readonly maximumInstances?: number;
}

/** Lambda's limit for the event of a synchronous invocation. */
const MAXIMUM_EVENT_BYTES = 6_291_456;
/** How long `stop` lets running invocations go on. */
const STOP_MILLISECONDS = 2_000;

/** A function: its instances, kept warm and used again, and the invocations that wait for one. */
export class FunctionPool {
  readonly model: FunctionModel;
  readonly maximumInstances: number;
  readonly functionArn: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #idle: FunctionInstance[] = [];
  readonly #running = new Map<FunctionInstance, Promise<unknown>>();
  readonly #waiting: PromiseWithResolvers<undefined>[] = [];
  #freeTurns: number;
  #stopped = false;

  constructor(model: FunctionModel, { environment, maximumInstances }: FunctionPoolOptions) {
    this.model = model;
    this.maximumInstances = maximumInstances ?? Math.min(Math.max(availableParallelism(), 2), 4);
    this.functionArn = functionArn(model, environment);
    this.#environment = environment;
    this.#freeTurns = this.maximumInstances;
  }

  /** When its bundle was written, in milliseconds since the epoch: another time is another build. */
  get builtAt(): number | undefined {
    return modifiedAt(this.model.bundle);
  }

  /**
   * Runs the function; event and answer go through JSON, as Lambda has them. The caller may choose the request id.
   * Rejects with a FunctionError, which it has logged as well.
   */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<unknown> {
    const payload = JSON.stringify(event ?? null);
    if (Buffer.byteLength(payload) > MAXIMUM_EVENT_BYTES) throw tooLarge();
    const { functionArn } = this;
    return JSON.parse(await this.#use((instance) => instance.invoke({ requestId, functionArn, payload })));
  }

  /** Starts an instance, so that the next invocation finds one. What is wrong with the bundle is logged. */
  async warm(): Promise<void> {
    await this.#use((instance) => instance.ready).catch(() => undefined);
  }

  /** Lets running invocations go on for 2 seconds at most; those that wait are rejected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#stopping());
    await Promise.race([
      Promise.allSettled(this.#running.values()),
      sleep(STOP_MILLISECONDS, undefined, { ref: false }),
    ]);
    await Promise.all([...this.#idle, ...this.#running.keys()].map((instance) => instance.stop()));
  }

  async #use<T>(action: (instance: FunctionInstance) => Promise<T>): Promise<T> {
    if (this.#freeTurns > 0) this.#freeTurns -= 1;
    else await this.#turn();
    if (this.#stopped) throw this.#stopping();
    const instance = this.#take();
    const result = action(instance);
    this.#running.set(instance, result);
    try {
      return await result;
    } catch (error) {
      this.#log(error as FunctionError);
      throw error;
    } finally {
      this.#running.delete(instance);
      this.#idle.push(instance);
      this.#passTurn();
    }
  }

  /** A turn is the right to one of the instances: first come, first served. */
  async #turn(): Promise<void> {
    const turn = Promise.withResolvers<undefined>();
    this.#waiting.push(turn);
    await turn.promise;
  }

  #passTurn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#freeTurns += 1;
    else next.resolve(undefined);
  }

  #take(): FunctionInstance {
    for (;;) {
      const instance = this.#idle.pop();
      if (instance === undefined) return new FunctionInstance(this.model, this.#environment);
      if (instance.usable) return instance;
      void instance.stop();
    }
  }

  /** What fails because it is stopped is no news. */
  #log({ message, payload }: FunctionError): void {
    if (this.#stopped) return;
    const frames = payload.trace.filter((line) => /^\s+at /.test(line));
    console.error([`${this.model.logicalId} failed: ${message}`, ...frames].join('\n'));
  }

  #stopping(): FunctionError {
    return FunctionError.of('Runtime.ExitError', `${this.model.logicalId} is stopping.`);
  }
}

function tooLarge(): FunctionError {
  const message = `Request must be smaller than ${MAXIMUM_EVENT_BYTES} bytes for the InvokeFunction operation`;
  return FunctionError.of('RequestTooLargeException', message);
}
