import { poll } from '../../local/poll.ts';

const PATIENCE = { timeoutMilliseconds: 60_000, intervalMilliseconds: 20 };

/**
 * Repeats an attempt until it answers something.
 *
 * @param what is waited for
 * @throws Error when the time is over
 */
export async function until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const answer = await poll(attempt, PATIENCE);

  if (answer === undefined) {
    throw new Error(`Waited in vain for ${what}.`);
  }
  return answer;
}
