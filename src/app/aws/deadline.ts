import type { Context } from 'aws-lambda';

/** Of a function's context, what tells its time. */
export type Clock = Pick<Context, 'getRemainingTimeInMillis'>;

/** The moment, in milliseconds since 1970, by which a function has to have its answer ready: a tenth of its time before its end. */
export function deadlineOf({ getRemainingTimeInMillis }: Clock): number {
  return Date.now() + 0.9 * getRemainingTimeInMillis();
}
