/** An error as Lambda's Node.js runtime writes it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** An invocation failed: the function threw, timed out, died, could not be loaded or answered what Lambda refuses. */
export class FunctionError extends Error {
  readonly code = 'FunctionError';
  readonly payload: ErrorPayload;

  constructor(payload: ErrorPayload) {
    super(`${payload.errorType}: ${payload.errorMessage}`);
    this.payload = payload;
  }

  static of(errorType: string, errorMessage: string): FunctionError {
    return new FunctionError({ errorType, errorMessage, trace: [] });
  }
}

/** What Lambda's Node.js runtime makes of whatever a handler threw. */
export function errorPayload(thrown: unknown): ErrorPayload {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
}
