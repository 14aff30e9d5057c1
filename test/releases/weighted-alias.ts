import type { FunctionPool } from '../../local/lambda/function-pool.ts';
import { Random } from '../faults/random';

interface Version {
  readonly pool: FunctionPool;
  invocations: number;
}

/** A function's alias, as Lambda has it: two versions of the function, and the share of the invocations that the newer one gets. */
export class WeightedAlias implements Pick<FunctionPool, 'invoke' | 'maximumInstances' | 'functionArn' | 'builtAt'> {
  /** What would wait for the one instance of a version would use up its visibility time-out. */
  readonly maximumInstances = 1;
  /** A new version is no rebuild: what has failed is tried again no sooner. */
  readonly builtAt = undefined;
  /** Records that its versions were given, and how many of these they did not handle. */
  records = 0;
  failures = 0;
  private random: Random;
  private old: Version;
  private new: Version;
  private share = 0;

  constructor(
    pool: FunctionPool,
    private readonly seed: number,
  ) {
    this.random = new Random(seed);
    this.old = this.new = { pool, invocations: 0 };
  }

  get functionArn(): string {
    return this.old.pool.functionArn;
  }

  /** Whether both versions have worked since they were there; a deployment may have left the function as it was. */
  get isMixed(): boolean {
    return this.old.pool === this.new.pool || (this.old.invocations > 0 && this.new.invocations > 0);
  }

  /**
   * Resolves when both versions are warm. Each deployment draws the same.
   *
   * @param share of the newer version, from 0 to 1
   */
  async route(old: FunctionPool, next: FunctionPool, share: number): Promise<void> {
    await Promise.all([old.warm(), next.warm()]);
    this.old = { pool: old, invocations: 0 };
    this.new = { pool: next, invocations: 0 };
    this.share = share;
    this.random = new Random(this.seed);
  }

  invoke(event: unknown): Promise<unknown> {
    return this.invokeVersion(this.random.chance(this.share) ? this.new : this.old, event);
  }

  /** By no alias: a function that is new has no older version. */
  invokeNew(event: unknown): Promise<unknown> {
    return this.invokeVersion(this.new, event);
  }

  private async invokeVersion(version: Version, event: unknown): Promise<unknown> {
    const { Records = [] } = event as { readonly Records?: readonly unknown[] };

    version.invocations += 1;
    this.records += Records.length;
    const answer = (await version.pool.invoke(event)) as { readonly batchItemFailures?: readonly unknown[] };

    this.failures += answer.batchItemFailures?.length ?? 0;
    return answer;
  }
}
