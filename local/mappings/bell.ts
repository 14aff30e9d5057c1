/** Something to wait for that may happen again and again. */
export class Bell {
  /** How often it has rung. */
  rings = 0;
  readonly #listening = new Set<() => void>();

  readonly ring = (): void => {
    this.rings += 1;
    for (const hear of [...this.#listening]) hear();
  };

  /** Resolves at the next ring, after `milliseconds` where given, or when `signal` aborts: whichever comes first. */
  wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const hear = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', hear);
        this.#listening.delete(hear);
        resolve();
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(hear, milliseconds);
      signal.addEventListener('abort', hear);
      this.#listening.add(hear);
    });
  }
}
