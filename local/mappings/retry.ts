import { Bell } from './bell.ts';

const FIRST_MILLISECONDS = 100;
const LONGEST_MILLISECONDS = 5_000;

/**
 * Waits before a retry: 100 ms after the first failure, twice as long after each further one, 5 s at most. On AWS it
 * is longer; here somebody is mending the function and wants to see the retry. Ends early when `signal` aborts.
 */
export async function backOff(failures: number, signal: AbortSignal): Promise<void> {
  await new Bell().wait(signal, Math.min(FIRST_MILLISECONDS * 2 ** (failures - 1), LONGEST_MILLISECONDS));
}

/**
 * Calls an engine, once more after each failure until `signal` aborts; tells of the first failure in one line.
 * Answers undefined only when it failed and `signal` has aborted, which is no news: engines may stop before us.
 */
export async function untilAnswered<T>(
  what: string,
  call: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (failures === 1) console.error(`${what} failed and is tried again: ${String(error)}`);
      await backOff(failures, signal);
    }
  }
}
