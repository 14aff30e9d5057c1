/** The inside of a function instance: what runs in its worker thread. */
import { parentPort, workerData } from 'node:worker_threads';

import { errorPayload, type ErrorPayload } from './function-error.ts';
import { type Invocation, type LambdaHandler, loadHandler, runHandler } from './runtime.ts';

export interface InstanceData {
  readonly bundle: string;
  readonly handler: string;
}

/** What an instance tells: `ready`, then an `answer` or an `error` for each invocation; `fatal` is its last word. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'error'; readonly error: ErrorPayload }
  | { readonly kind: 'fatal'; readonly error: ErrorPayload };

function tell(message: InstanceMessage): void {
  parentPort?.postMessage(message);
}

/** As the Node.js runtime does: the invocation fails with the error, and the runtime exits. */
function die(error: ErrorPayload, exitCode: number): void {
  tell({ kind: 'fatal', error });
  process.exit(exitCode);
}

async function invoke(handler: LambdaHandler, invocation: Invocation): Promise<void> {
  try {
    const answer = await runHandler(handler, invocation);
    await logged();
    tell({ kind: 'answer', answer });
  } catch (thrown) {
    await logged();
    tell({ kind: 'error', error: errorPayload(thrown) });
  }
}

/** What the function has written is with the process: it goes there by another way than the answer, after which all may end. */
async function logged(): Promise<void> {
  const pending = [process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0);
  await Promise.all(pending.map((stream) => new Promise((resolve) => stream.write('', resolve))));
}

process.on('uncaughtException', (thrown) => {
  die(errorPayload(thrown), 129);
});
process.on('unhandledRejection', (reason) => {
  die({ ...errorPayload(reason), errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: String(reason) }, 128);
});

const { bundle, handler: handlerName } = workerData as InstanceData;
const handler = loadHandler(bundle, handlerName);
parentPort?.on('message', (invocation: Invocation) => {
  void invoke(handler, invocation);
});
tell({ kind: 'ready' });
