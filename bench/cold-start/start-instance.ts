import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const INSTANCE = join(__dirname, '../../bench/cold-start/instance.mts');

/** What a new instance needs to start and to answer. */
export interface Start {
  readonly bundle: string;
  /** Name of the bundle's export. */
  readonly handler: string;
  /** The event as JSON. */
  readonly payload: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds, and what the handler answered, as JSON. */
export interface ColdStart {
  readonly load: number;
  readonly firstAnswer: number;
  readonly answer: string;
}

/**
 * Starts an instance in a process of its own and ends it after its first answer.
 *
 * @throws Error when it ends without one, or the answer is a refusal
 */
export async function startInstance({ bundle, handler, payload, environment }: Start): Promise<ColdStart> {
  const child = fork(INSTANCE, [bundle, handler, payload], {
    // As template.yaml has it.
    env: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [coldStart] = (await Promise.race([once(child, 'message'), ended.then(() => [])])) as [ColdStart?];

  await ended;
  if (!coldStart || isRefusal(JSON.parse(coldStart.answer) as Answer)) {
    throw new Error(`Expected ${handler} of ${bundle} to take its event, and it answered ${coldStart?.answer}.`);
  }
  return coldStart;
}

interface Answer {
  readonly statusCode?: number;
  readonly batchItemFailures?: readonly unknown[];
}

function isRefusal({ statusCode = 200, batchItemFailures = [] }: Answer): boolean {
  return statusCode >= 400 || batchItemFailures.length > 0;
}
