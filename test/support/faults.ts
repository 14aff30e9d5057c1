import type { MiddlewareStack } from '@smithy/types';

/** What a fault sees of a request, and what it may do with it. */
export interface Attempt {
  /** `PutItemCommand`, … */
  readonly command: string;
  readonly input: unknown;
  /** Sends the request; its answer is `{ response, output }` as in the SDK. */
  readonly send: () => Promise<unknown>;
}

/**
 * Puts a fault between an SDK client and its service: inside of the SDK's own retries, so that each attempt meets it.
 *
 * @returns takes the fault away
 */
export function injectFault<TInput extends object, TOutput extends object>(
  client: { readonly middlewareStack: MiddlewareStack<TInput, TOutput> },
  fault: (attempt: Attempt) => Promise<unknown>,
): () => void {
  const name = `fault-${Math.random()}`;

  client.middlewareStack.add(
    (next, context) => async (args) =>
      (await fault({
        command: context.commandName ?? '',
        input: args.input,
        send: () => next(args),
      })) as Awaited<ReturnType<typeof next>>,
    { step: 'finalizeRequest', priority: 'low', name },
  );
  return () => {
    client.middlewareStack.remove(name);
  };
}

/** The answer gets lost, as when a connection breaks: the SDK sends the request again by itself. */
export function lostAnswer(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}
