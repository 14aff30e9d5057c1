import { setTimeout as sleep } from 'node:timers/promises';

export interface Running {
  /** Takes nothing more on and lets what is in hand finish, for 2 seconds at most. */
  stop(): Promise<void>;
}

const STOP_MILLISECONDS = 2_000;

/** Runs something that ends some time after its signal has aborted. */
export function untilStopped(run: (signal: AbortSignal) => Promise<void>): Running {
  const stopping = new AbortController();
  const running = run(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([running, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
    },
  };
}
