import type { Context } from 'aws-lambda';
import { createRequire } from 'node:module';

/** One invocation: what Lambda's runtime API gives a runtime. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since the epoch; absent while a debugger holds the function. */
  readonly deadline: number | undefined;
  /** The event as JSON. */
  readonly payload: string;
}

export type LambdaHandler = (event: unknown, context: RuntimeContext) => unknown;

/** Without the callback-style methods, which Node.js 24 functions no longer have. */
export type RuntimeContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/** Lambda's limit for the answer of a synchronous invocation, in bytes. */
const MAXIMUM_ANSWER_BYTES = 6_291_556;

/** Loads a bundle and takes its handler; errors are named as the Node.js 24 runtime names them. */
export function loadHandler(bundle: string, handlerName: string): LambdaHandler {
  const handler: unknown = requireBundle(bundle)[handlerName];
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (handler.length >= 3) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      `${handlerName} takes a callback; from Node.js 24 on, Lambda wants async (event, context)`,
    );
  }
  return handler as LambdaHandler;
}

/** Runs the handler; answers its result as JSON. Throws what the handler threw. */
export async function runHandler(handler: LambdaHandler, invocation: Invocation): Promise<string> {
  const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
  const answer = stringify(result ?? null);
  const bytes = Buffer.byteLength(answer);
  if (bytes > MAXIMUM_ANSWER_BYTES) {
    throw named(
      'Function.ResponseSizeTooLarge',
      `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAXIMUM_ANSWER_BYTES} bytes).`,
    );
  }
  return answer;
}

function requireBundle(bundle: string): Record<string, unknown> {
  try {
    return createRequire(bundle)(bundle) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', String(error), error.stack);
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND')
      throw named('Runtime.ImportModuleError', String(error));
    throw error;
  }
}

function contextOf({ requestId, functionArn, deadline }: Invocation): RuntimeContext {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => (deadline === undefined ? Number.MAX_SAFE_INTEGER : deadline - Date.now()),
  };
}

/** JSON has no text for a cycle or a bigint, which throw, nor for a function, which is undefined. */
function stringify(result: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(result);
  } catch {
    json = undefined;
  }
  if (json === undefined) throw named('Runtime.JSONStringifyError', 'Unable to stringify response body');
  return json;
}

/** The runtime's own error: a stack would only show the local cloud's insides. */
function named(name: string, message: string, stack = `${name}: ${message}`): Error {
  return Object.assign(new Error(message), { name, stack });
}
