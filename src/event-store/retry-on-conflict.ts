import { setTimeout as sleep } from 'node:timers/promises';

import { ConcurrencyError } from './errors/concurrency.error';

const ATTEMPTS = 6;
const FIRST_DELAY = 8; // milliseconds, doubled for each further attempt

/**
 * Runs an attempt that loads, decides and writes again from the start when somebody else wrote first. The delays grow and
 * are random, so that rivals do not meet again.
 *
 * @throws ConcurrencyError when the last of 6 attempts met one
 */
export async function retryOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConcurrencyError) || made === ATTEMPTS) {
        throw error;
      }
    }
    await sleep(Math.random() * FIRST_DELAY * 2 ** made);
  }
}
