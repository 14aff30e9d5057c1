import { setTimeout as sleep } from 'node:timers/promises';

import { BusyError } from './errors/busy.error';
import { ConcurrencyError } from './errors/concurrency.error';
import { OutcomeUnknownError } from './errors/outcome-unknown.error';

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

/** The next attempt looks whether this one took effect. The SDK has tried several times: the database has trouble enough. */
const LOOKING: Patience = { attempts: 2, firstDelay: 16, longestDelay: 16 };

/** Milliseconds, for who has no deadline. */
const DEFAULT_TIME = 20_000;

/** What there is to know of an attempt. */
export interface Attempting {
  /** In milliseconds since 1970. No attempt begins that would not be done by then, were it to take as long as the last one. */
  readonly deadline?: number | undefined;
  /** Whether what the last attempt wanted to write rests on an aggregate of others. */
  readonly consults?: () => boolean;
}

/**
 * Runs an attempt that loads, decides and writes again from the start when somebody else wrote first. The delays grow and
 * are random, so that rivals do not meet again.
 *
 * @throws ConcurrencyError when the last of 6 attempts lost to somebody who wrote first, of 8 that consult met any conflict, of 2 had
 *   an unknown outcome, or when there is no time for a further one
 */
export async function retryOnConflict<T>(
  attempt: () => Promise<T>,
  { deadline = Date.now() + DEFAULT_TIME, consults = () => false }: Attempting = {},
): Promise<T> {
  const made = new Map<Patience, number>();

  for (;;) {
    const start = Date.now();

    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) {
        throw error;
      }
      const patience = patienceWith(error, consults());
      const attempts = (made.get(patience) ?? 0) + 1;
      const delay = Math.random() * Math.min(patience.firstDelay * 2 ** (attempts - 1), patience.longestDelay);
      const end = Date.now();

      if (attempts === patience.attempts || end + delay + (end - start) >= deadline) {
        throw error;
      }
      made.set(patience, attempts);
      await sleep(delay);
    }
  }
}

function patienceWith(error: ConcurrencyError, consults: boolean): Patience {
  if (error instanceof OutcomeUnknownError) {
    return LOOKING;
  }
  if (consults) {
    return CONSULTING;
  }
  return error instanceof BusyError ? WAITING : WRITING;
}
