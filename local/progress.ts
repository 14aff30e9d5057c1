/** Says in a line what start-up is about, and in another, once it is done, how many seconds after the start of this process. */
export class Progress {
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  async step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T> {
    this.#tell(`${doing} …`);
    const result = await work();
    this.#tell(`${done} after ${(performance.now() / 1000).toFixed(1)} s`);
    return result;
  }
}
