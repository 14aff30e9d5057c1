import { REGION } from '../../local/aws-environment.ts';
import { type BundleFixture, bundleFixture } from '../../local/lambda/bundle-fixture.ts';
import { FunctionPool } from '../../local/lambda/function-pool.ts';
import { startMapping } from '../../local/mappings/start-mapping.ts';
import type { Running } from '../../local/mappings/until-stopped.ts';
import type { Endpoints, MappingModel } from '../../local/model.ts';
import { poll } from '../../local/poll.ts';

/** A function with an event source mapping, and the events that it got. */
export class MappedFunction<TRecord> {
  readonly events: { Records: TRecord[] }[] = [];
  /** The most invocations that were under way at the same time. */
  mostAtOnce = 0;
  /** Invocations that are under way. */
  atOnce = 0;
  readonly #bundle: BundleFixture;
  readonly #pool: FunctionPool;
  readonly #mapping: Running;

  /** `source` is CommonJS that exports `handler`. */
  constructor(mapping: MappingModel, endpoints: Endpoints, source: string, maximumInstances = 2) {
    this.#bundle = bundleFixture(source);
    const model = this.#bundle.model('handler', { logicalId: mapping.functionId });
    this.#pool = new FunctionPool(model, { environment: { AWS_REGION: REGION }, maximumInstances });
    const invoke = this.#pool.invoke.bind(this.#pool);
    this.#pool.invoke = (event, requestId) => {
      this.events.push(event as { Records: TRecord[] });
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      return invoke(event, requestId).finally(() => {
        this.atOnce -= 1;
      });
    };
    this.#mapping = startMapping(mapping, this.#pool, endpoints);
  }

  /** What `describe` says of the records of each event, as soon as they are what is expected; else as they are after 10 s. */
  async eventsOf<T>(describe: (record: TRecord) => T, expected: readonly (readonly T[])[]): Promise<T[][]> {
    const wanted = JSON.stringify(expected);
    const described = (): T[][] => this.events.map(({ Records }) => Records.map(describe));
    await poll(() => Promise.resolve(JSON.stringify(described()) === wanted || undefined), {
      timeoutMilliseconds: 10_000,
      intervalMilliseconds: 10,
    });
    return described();
  }

  /** Replaces its bundle, as a build does. */
  rebuild(source: string): void {
    this.#bundle.write(source);
  }

  async stop(): Promise<void> {
    await this.#mapping.stop();
    await this.#pool.stop();
    this.#bundle.remove();
  }
}
