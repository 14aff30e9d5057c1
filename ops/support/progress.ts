/** Who waits for a task of an operator. */
export interface Progress {
  /**
   * Called after each step with how much it has done: at these moments a task may be left, and started again later.
   *
   * @throws InterruptedError when it is to stop here
   */
  advance(count: number): void;
}
