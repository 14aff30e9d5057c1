import type { ConsoleProgress } from './console-progress';

/** npm passes a Ctrl-C on to a process that the terminal has sent it to already. */
const SAME_SIGNAL_MILLISECONDS = 1000;

/** The first Ctrl-C stops a command between two steps, a later one at once. */
export function interruptOnSignals(progress: ConsoleProgress): void {
  let first: number | undefined;
  const onSignal = () => {
    first ??= performance.now();
    if (performance.now() - first > SAME_SIGNAL_MILLISECONDS) {
      process.exit(130);
    }
    progress.interrupt();
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, onSignal);
  }
}
