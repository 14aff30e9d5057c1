import { setTimeout as sleep } from 'node:timers/promises';

import { BusyError } from './errors/busy.error';
import { ConcurrencyError } from './errors/concurrency.error';

/** How often an attempt is made that meets conflicts of a kind, and how long it waits at most before the second, and before any. */
interface Patience {
  readonly attempts: number;
  readonly firstDelay: number;
  readonly longestDelay: number;
}

/** Somebody wrote first. Whoever always loses, loses to others who get on. */
const WRITING: Patience = { attempts: 6, firstDelay: 16, longestDelay: 256 };

/**
 * Nobody has won yet. DynamoDB is not fair: a single write may meet one transaction after another that only checks its item.
 * So it tries often, and as long as there is time.
 */
const WAITING: Patience = { attempts: Infinity, firstDelay: 16, longestDelay: 64 };

/** Whoever consults gets in the way of those who write what is consulted, and of others who consult it: it stands back. */
const CONSULTING: Patience = { attempts: 8, firstDelay: 64, longestDelay: 4_096 };

/** Milliseconds after which no further attempt begins: API Gateway gives up after 29 seconds. */
const LONGEST = 20_000;

/**
 * Runs an attempt that loads, decides and writes again from the start when somebody else wrote first. The delays grow and
 * are random, so that rivals do not meet again.
 *
 * @param consults whether what the last attempt wanted to write rests on an aggregate of others
 * @throws ConcurrencyError when the last of 6 attempts lost to somebody who wrote first, of 8 that consult met any conflict, or
 *   when 20 seconds were over
 */
export async function retryOnConflict<T>(attempt: () => Promise<T>, consults = () => false): Promise<T> {
  const end = performance.now() + LONGEST;
  const made = new Map<Patience, number>();

  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) {
        throw error;
      }
      const patience = patienceWith(error, consults());
      const attempts = (made.get(patience) ?? 0) + 1;

      if (attempts === patience.attempts || performance.now() >= end) {
        throw error;
      }
      made.set(patience, attempts);
      await sleep(Math.random() * Math.min(patience.firstDelay * 2 ** (attempts - 1), patience.longestDelay));
    }
  }
}

function patienceWith(error: ConcurrencyError, consults: boolean): Patience {
  if (consults) {
    return CONSULTING;
  }
  return error instanceof BusyError ? WAITING : WRITING;
}
