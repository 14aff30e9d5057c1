import type { Context } from 'aws-lambda';

/** The moment, in milliseconds since 1970, by which a function has to have its answer ready: a tenth of its time before its end. */
export function deadlineOf({ getRemainingTimeInMillis }: Pick<Context, 'getRemainingTimeInMillis'>): number {
  return Date.now() + 0.9 * getRemainingTimeInMillis();
}
