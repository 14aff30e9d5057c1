import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';

import { Random } from './random';

/** What is asked of a service. */
export interface Request {
  readonly command: string;
  readonly input: unknown;
}

const current = new AsyncLocalStorage<Invocation>();

/** One invocation of a function, and how it ends when that is not by its own answer. */
export class Invocation {
  /** Settles when it has come to where it freezes. */
  readonly frozen: Promise<void>;
  /** Conflicts that it met and that nobody caused. */
  conflicts = 0;
  private requests = 0;
  private freeze!: () => void;
  private thawed!: () => void;
  private readonly untilThawed = new Promise<void>((resolve) => (this.thawed = resolve));

  private readonly occasions = new Map<string, number>();

  /**
   * @param seed of what happens to its requests
   * @param end at its request of that index, from 0, it crashes or freezes
   */
  constructor(
    private readonly seed: number,
    private readonly end?: { readonly fault: 'crash' | 'time-out'; readonly at: number },
  ) {
    this.frozen = new Promise((resolve) => (this.freeze = resolve));
  }

  /** The one in whose course this is called. */
  static get current(): Invocation | undefined {
    return current.getStore();
  }

  /** Chance for a request: the same in each run of the seed, whichever of its parallel requests comes first. */
  chanceOf(request: Request): Random {
    const key = keyOf(request);
    const occasion = this.occasions.get(key) ?? 0;

    this.occasions.set(key, occasion + 1);
    return new Random(createHash('sha256').update(`${this.seed} ${key} ${occasion}`).digest().readInt32BE());
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return current.run(this, work);
  }

  /**
   * Called before each request: waits while the invocation is frozen.
   *
   * @throws Error when the invocation has crashed
   */
  async request(): Promise<void> {
    const index = this.requests++;

    if (!this.end || index < this.end.at) {
      return;
    }
    if (this.end.fault === 'crash') {
      throw new Error('The function has crashed.');
    }
    this.freeze();
    await this.untilThawed;
  }

  /** Lets it go on from where it froze. */
  thaw(): void {
    this.thawed();
  }
}

/** A table, or a queue without its host and port. */
const TARGET = /"(?:TableName|QueueUrl)":"(?:[^"]*\/)?([^"]*)"/;
/** Only aggregates have ids whose last part is a number; it is the run's. */
const AGGREGATE_ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3})-0{6}[0-9]{6}/;

/** Where a request goes and whom it is about, without what differs from run to run. */
function keyOf({ command, input }: Request): string {
  const json = JSON.stringify(input);
  const [, target] = TARGET.exec(json) ?? [];
  const [, aggregate] = AGGREGATE_ID.exec(json) ?? [];

  return `${command} ${target} ${aggregate}`;
}
