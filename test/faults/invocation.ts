import { AsyncLocalStorage } from 'node:async_hooks';

import { aggregatesIn, withoutRun } from './aggregate-id';
import { Random } from './random';

const REQUESTS_BEFORE_END = 5;
/** A handler makes at least two. */
const REQUESTS_BEFORE_HANGING = 2;

/** Crash: each strand ends. Time-out: each goes on later, when nobody listens any more. Hang: so does the first, beside the others. */
export type Ending = 'crash' | 'time-out' | 'hang';

/** What is asked of a service. */
export interface Request {
  readonly command: string;
  readonly input: unknown;
}

/** Work within an invocation that goes on beside other work; within itself it makes one request after another. */
interface Strand {
  readonly name: string;
  /** At its request of that index, from 0, the invocation ends in this strand. */
  readonly end: number;
  requests: number;
}

const current = new AsyncLocalStorage<{ readonly invocation: Invocation; readonly strand: Strand }>();

/**
 * One invocation of a function, and how it ends when that is not by its own answer. What happens to a request depends on
 * its strand and on what it is about, never on which of parallel requests comes first. So it happens in each run of a seed.
 */
export class Invocation {
  /** Settles when all that it does has come to where it freezes, or has ended. */
  readonly frozen: Promise<void>;
  /** Conflicts that it met and that nobody caused. */
  conflicts = 0;
  private readonly strands = new Map<string, Strand>();
  private readonly occasions = new Map<string, number>();
  private readonly works: Promise<unknown>[] = [];
  private running = 0;
  private waiting = 0;
  private freeze!: () => void;
  private thawed!: () => void;
  private readonly untilThawed = new Promise<void>((resolve) => (this.thawed = resolve));

  /**
   * @param seed of what happens to its requests
   * @param fault how it ends: strands do so at a request of their own
   */
  constructor(
    private readonly seed: number,
    private readonly fault?: Ending,
  ) {
    this.frozen = new Promise((resolve) => (this.freeze = resolve));
  }

  /** The one in whose course this is called. */
  static get current(): Invocation | undefined {
    return current.getStore()?.invocation;
  }

  /** Does something that goes on beside other work of the current invocation; without one it is just done. */
  static async strand<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { current: invocation } = Invocation;

    if (!invocation) {
      return work();
    }
    invocation.running++;
    try {
      const done = current.run({ invocation, strand: invocation.strandOf(name) }, work);

      invocation.works.push(done);
      return await done;
    } finally {
      invocation.running--;
      invocation.noticeFreeze();
    }
  }

  /** Does something during which the current invocation neither crashes nor freezes. */
  static aside<T>(work: () => Promise<T>): Promise<T> {
    const { current: invocation } = Invocation;

    return invocation
      ? current.run({ invocation, strand: { name: 'aside', end: Infinity, requests: 0 } }, work)
      : work();
  }

  /** Chance for a request: the same in each run of the seed. */
  chanceOf({ command, input }: Request): Random {
    const json = JSON.stringify(input);
    const [, target] = TARGET.exec(json) ?? [];
    const key = `${current.getStore()?.strand.name} ${command} ${target} ${aggregatesIn(json)}`;
    const occasion = this.occasions.get(key) ?? 0;

    this.occasions.set(key, occasion + 1);
    return this.chance(`${key} ${occasion}`);
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return current.run({ invocation: this, strand: this.strandOf('') }, work);
  }

  /**
   * Called before each request: waits while the invocation is frozen.
   *
   * @throws Error when the invocation has crashed
   */
  async request(): Promise<void> {
    const { strand } = current.getStore()!;
    const index = strand.requests++;

    if (!this.fault || index < strand.end) {
      return;
    }
    if (this.fault === 'crash') {
      throw new Error('The function has crashed.');
    }
    this.waiting++;
    this.noticeFreeze();
    await this.untilThawed;
  }

  /** Fulfilled when all strands have ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.works);
  }

  /** Lets it go on from where it froze. */
  thaw(): void {
    this.thawed();
  }

  private strandOf(name: string): Strand {
    const key = withoutRun(name);
    const known = this.strands.get(key);
    const strand = known ?? { name: key, end: this.endOf(key), requests: 0 };

    this.strands.set(key, strand);
    return strand;
  }

  private endOf(strand: string): number {
    const chance = this.chance(`end ${strand}`);

    if (this.fault !== 'hang') {
      return chance.below(REQUESTS_BEFORE_END);
    }
    const isFirst = strand !== '' && this.strands.size === 1;

    return isFirst ? chance.below(REQUESTS_BEFORE_HANGING) : Infinity;
  }

  /** After a turn of the event loop: a strand that has ended may be followed by another one. */
  private noticeFreeze(): void {
    setImmediate(() => {
      if (this.waiting > 0 && this.waiting >= this.running) {
        this.freeze();
      }
    });
  }

  private chance(what: string): Random {
    return Random.of(`${this.seed} ${what}`);
  }
}

/** A table, or a queue without its host and port. */
const TARGET = /"(?:TableName|QueueUrl)":"(?:[^"]*\/)?([^"]*)"/;
