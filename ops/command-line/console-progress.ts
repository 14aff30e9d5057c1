import { OpsError } from '../support/ops-error';
import type { Progress } from '../support/progress';

const FIRST = 2000; // milliseconds
const NEXT = { terminal: 500, file: 5000 };

/** Tells on the standard error how far a command is, once it takes longer than two seconds. */
export class ConsoleProgress implements Progress {
  private count = 0;
  private isInterrupted = false;
  private timer: NodeJS.Timeout;
  private readonly isTerminal = process.stderr.isTTY;

  /** @param what is counted */
  constructor(private readonly what: string) {
    this.timer = setTimeout(() => {
      this.print();
      this.timer = setInterval(
        () => {
          this.print();
        },
        this.isTerminal ? NEXT.terminal : NEXT.file,
      );
    }, FIRST);
  }

  /** @throws OpsError once it has been interrupted */
  advance(count: number): void {
    this.count += count;
    if (this.isInterrupted) {
      throw new OpsError(`Stopped after ${this.format()}. Nothing is lost: start it again at any time.`);
    }
  }

  /** The next step is the last. */
  interrupt(): void {
    this.isInterrupted = true;
  }

  /** The command has ended. */
  end(): void {
    clearTimeout(this.timer);
    if (this.isTerminal) {
      process.stderr.write('\r\x1b[K');
    }
  }

  private print(): void {
    process.stderr.write(this.isTerminal ? `\r\x1b[K${this.format()} …` : `${this.format()} …\n`);
  }

  private format(): string {
    return `${this.count.toLocaleString('en')} ${this.what}`;
  }
}
