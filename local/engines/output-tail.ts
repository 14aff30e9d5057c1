import type { Child } from './child-processes.ts';

const LIMIT_CHARACTERS = 4000;

/** The last of what a child process prints, to be shown when it fails. */
export class OutputTail {
  #text = '';

  constructor(child: Child) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        this.#text = (this.#text + chunk).slice(-LIMIT_CHARACTERS);
      });
    }
  }

  get text(): string {
    return this.#text.trim();
  }

  clear(): void {
    this.#text = '';
  }
}
