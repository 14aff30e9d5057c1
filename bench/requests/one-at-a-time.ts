import { startTestCloud } from '../../test/support/test-cloud';
import { COMMAND_KINDS, type CommandKind, UPDATE } from './command-kinds';
import { MeteredPipeline } from './metered-pipeline';
import { type Usage, usageOf } from './usage';
import { WriteSide } from './write-side';

/** Each command alone: its event has gone all the way before the next one comes. */
export async function countOneAtATime(tell: (progress: string) => void): Promise<Usage[]> {
  const cloud = await startTestCloud();

  try {
    const pipeline = new MeteredPipeline(cloud, { windows: false });

    try {
      return await countAll(pipeline, tell);
    } finally {
      await pipeline.stop();
    }
  } finally {
    await cloud.stop();
  }
}

async function countAll(pipeline: MeteredPipeline, tell: (progress: string) => void): Promise<Usage[]> {
  const sides = { measured: new WriteSide(), other: new WriteSide() };
  const usages: Usage[] = [];

  for (const kind of COMMAND_KINDS) {
    for (const aggregate of casesOf(kind)) {
      tell(`one at a time: ${kind.name}, ${aggregate}`);
      usages.push(await count(kind, aggregate, sides, pipeline));
    }
  }
  Object.values(sides).forEach((side) => {
    side.close();
  });
  return usages;
}

function casesOf({ name, creates }: CommandKind): Usage['aggregate'][] {
  return creates ? ['new'] : ['cold', 'warm', ...(name === UPDATE ? (['stale'] as const) : [])];
}

async function count(
  kind: CommandKind,
  aggregate: Usage['aggregate'],
  { measured, other }: { measured: WriteSide; other: WriteSide },
  pipeline: MeteredPipeline,
): Promise<Usage> {
  const { before, command: last } = kind.story();

  for (const [index, command] of before.entries()) {
    // Somebody else's change makes stale what the instance keeps.
    const side = aggregate === 'stale' && index === before.length - 1 ? other : measured;

    await side.take(command);
    pipeline.appended();
  }
  if (aggregate === 'cold') {
    measured.forget();
  }
  await pipeline.drained();
  measured.used();
  pipeline.take();

  await measured.take(last);
  pipeline.appended();
  await pipeline.drained();
  return usageOf(
    { command: kind.name, aggregate },
    { use: measured.used(), commands: 1 },
    { use: pipeline.take(), events: 1 },
  );
}
