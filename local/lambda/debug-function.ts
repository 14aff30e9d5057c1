import { randomUUID } from 'node:crypto';
import inspector from 'node:inspector';

import { LocalCloudError } from '../local-cloud-error.ts';
import type { FunctionModel } from '../model.ts';
import { functionArn, functionEnvironment } from './function-environment.ts';
import { errorPayload, FunctionError } from './function-error.ts';
import { loadHandler, runHandler } from './runtime.ts';

/**
 * Runs a function once in this thread, where a debugger sees it without further ado, after one has attached to `port`.
 * There is no time-out. The process is the function's from then on, `process.env` included.
 */
export async function debugFunction(
  model: FunctionModel,
  environment: Readonly<Record<string, string>>,
  event: unknown,
  port: number,
): Promise<unknown> {
  process.env.TZ = 'UTC';
  process.env = functionEnvironment(model, environment);
  process.setSourceMapsEnabled(true);
  waitForDebugger(port);
  const payload = JSON.stringify(event);
  const invocation = {
    requestId: randomUUID(),
    functionArn: functionArn(model, environment),
    deadline: undefined,
    payload,
  };
  try {
    return JSON.parse(await runHandler(loadHandler(model.bundle, model.handler), invocation));
  } catch (thrown) {
    throw new FunctionError(errorPayload(thrown));
  }
}

function waitForDebugger(port: number): void {
  inspector.open(port, '127.0.0.1');
  // That has said on the standard error what it could not do.
  if (inspector.url() === undefined)
    throw new LocalCloudError(`No debugger can attach to port ${port}: choose another with --inspect=${port + 1}.`);
  inspector.waitForDebugger();
}
