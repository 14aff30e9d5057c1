import { setTimeout as sleep } from 'node:timers/promises';

export interface PollOptions {
  readonly timeoutMilliseconds: number;
  readonly intervalMilliseconds: number;
}

/** Repeats `attempt` until it answers something else than undefined; answers undefined when the time is over. */
export async function poll<T>(
  attempt: () => Promise<T | undefined>,
  { timeoutMilliseconds, intervalMilliseconds }: PollOptions,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMilliseconds;
  for (;;) {
    const answer = await attempt();
    if (answer !== undefined || performance.now() >= deadline) return answer;
    await sleep(intervalMilliseconds);
  }
}
