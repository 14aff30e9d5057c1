import { startTestCloud, type TestCloud } from '../../test/support/test-cloud';
import type { Table } from '../support/benchmark';
import { inBatches } from '../support/in-batches';
import { COMMAND_KINDS, type CommandKind, type Story } from './command-kinds';
import { FUNCTIONS, type FunctionName } from './functions';
import { type Invocations, MeteredPipeline, type PipelineUse } from './metered-pipeline';
import { type Usage, usageOf } from './usage';
import { WriteSide } from './write-side';

/** Commands under way at once. */
export const CLIENTS = 48;

// Of each kind; one half is taken by an instance that has the aggregate.
const COMMANDS = 4 * CLIENTS;

type Stories = ReadonlyMap<CommandKind, readonly Story[]>;

/** Many commands at once: the mappings make batches as large as the load makes them. */
export async function countBusy(tell: (progress: string) => void): Promise<{ usages: Usage[]; batches: Table }> {
  const cloud = await startTestCloud();

  try {
    const busy = new Busy(cloud);

    try {
      return await countAll(busy, tell);
    } finally {
      await busy.stop();
    }
  } finally {
    await cloud.stop();
  }
}

async function countAll(busy: Busy, tell: (progress: string) => void): Promise<{ usages: Usage[]; batches: Table }> {
  const stories = new Map(COMMAND_KINDS.map((kind) => [kind, Array.from({ length: COMMANDS }, kind.story)]));
  const usages: Usage[] = [];

  tell('busy: what must be there before');
  await busy.prepare(stories);
  for (const [kind, its] of stories) {
    tell(`busy: ${kind.name}`);
    usages.push(...(await busy.count(kind, its)));
  }
  return { usages, batches: busy.batches };
}

class Busy {
  private readonly pipeline: MeteredPipeline;
  private readonly sides = { cold: new WriteSide(), warm: new WriteSide() };
  private readonly invocations = new Map<FunctionName, Invocations>();

  constructor(cloud: TestCloud) {
    this.pipeline = new MeteredPipeline(cloud, { windows: true });
  }

  async prepare(stories: Stories): Promise<void> {
    await this.atOnce([...stories.values()].flat(), async ({ before }) => {
      for (const command of before) {
        await this.sides.warm.take(command);
        this.pipeline.appended();
      }
    });
    await this.pipeline.drained();
    this.pipeline.take();
  }

  async count(kind: CommandKind, stories: readonly Story[]): Promise<Usage[]> {
    Object.values(this.sides).forEach((side) => side.used());
    await this.atOnce(stories, async (story) => {
      const isWarm = stories.indexOf(story) % 2 === 0;

      if (!isWarm) {
        this.sides.cold.forget();
      }
      await (isWarm ? this.sides.warm : this.sides.cold).take(story.command);
      this.pipeline.appended();
    });
    await this.pipeline.drained();
    const use = this.pipeline.take();

    this.remember(use);
    return this.usagesOf(kind, { use, events: stories.length });
  }

  async stop(): Promise<void> {
    await this.pipeline.stop();
    Object.values(this.sides).forEach((side) => {
      side.close();
    });
  }

  get batches(): Table {
    return {
      columns: [`function, ${CLIENTS} commands at once`, 'invocations', 'events', 'events in one'],
      rows: FUNCTIONS.map((name) => {
        const { count, records } = this.invocations.get(name) ?? { count: 0, records: 0 };

        return [name, count, records, records / count];
      }),
    };
  }

  private usagesOf({ name, creates }: CommandKind, pipeline: { use: PipelineUse; events: number }): Usage[] {
    const { cold, warm } = this.sides;
    const used = (side: WriteSide) => ({ use: side.used(), commands: pipeline.events / 2 });

    return creates
      ? [usageOf({ command: name, aggregate: 'new' }, used(warm), pipeline)]
      : [
          usageOf({ command: name, aggregate: 'cold' }, used(cold), pipeline),
          usageOf({ command: name, aggregate: 'warm' }, used(warm), pipeline),
        ];
  }

  private async atOnce(stories: readonly Story[], work: (story: Story) => Promise<void>): Promise<void> {
    await inBatches(stories, { size: 1, atOnce: CLIENTS }, async (batch) => {
      await Promise.all(batch.map(work));
    });
  }

  private remember({ invocations }: PipelineUse): void {
    for (const [name, { count, records }] of invocations) {
      const before = this.invocations.get(name) ?? { count: 0, records: 0 };

      this.invocations.set(name, { count: before.count + count, records: before.records + records });
    }
  }
}
