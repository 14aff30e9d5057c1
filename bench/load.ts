import { deepStrictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';

import { BANK_TEMPLATE } from '../test/support/bank.module';
import { startTestCloud } from '../test/support/test-cloud';
import { alternate, median, medianOf, ratio, type Side as Times } from './support/alternate';
import type { Benchmark, Figure, Plot, Table } from './support/benchmark';
import { openSides } from './peers/open-sides';
import { type LoadSide, writtenAccount } from './peers/side';

const LENGTHS = [10, 100, 1_000, 10_000];
const LONGEST = 10_000;
const SHORTEST = 10;

const OURS = 'ours';
const CASTORE = 'castore';
const ADAPTER = 'event-store-adapter-js';
const NAMES = [OURS, CASTORE, ADAPTER];

// Loads of one account in one round: enough for a median that stands still, where a load is cheap.
const LEAST_LOADS = 3;
const MOST_LOADS = 50;
const ENOUGH = 150; // milliseconds

/** An aggregate from its store: what does the length of its log cost? */
export const load: Benchmark = async (tell) => {
  const cloud = await startTestCloud(BANK_TEMPLATE);

  try {
    const { ours, castore, adapter } = await openSides();
    const runs = await prepare({ [OURS]: ours, [CASTORE]: castore, [ADAPTER]: adapter }, tell);
    const times = await alternate(runs, tell);

    return {
      question: 'Loading an aggregate, by the number of its events',
      tables: [tableOf(times)],
      figures: figuresOf(times),
      plots: [plotOf(times)],
    };
  } finally {
    await cloud.stop();
  }
};

function figuresOf(times: readonly Times[]): Figure[] {
  return [
    {
      name: `${OURS} at ${LONGEST} / at ${SHORTEST}`,
      value: ratio(times, runName(OURS, LONGEST), runName(OURS, SHORTEST)),
      atMost: 1.5,
    },
    {
      name: `${CASTORE} / ${OURS} at ${LONGEST}`,
      value: ratio(times, runName(CASTORE, LONGEST), runName(OURS, LONGEST)),
      atLeast: 20,
    },
  ];
}

/** Writes an account of each length on each side, sees that it is read right, and answers how to load it. */
async function prepare(
  sides: Readonly<Record<string, LoadSide>>,
  tell: (progress: string) => void,
): Promise<Record<string, () => Promise<number>>> {
  const runs: Record<string, () => Promise<number>> = {};

  for (const length of LENGTHS) {
    tell(`writing accounts of ${length} events`);
    for (const [name, side] of Object.entries(sides)) {
      const id = randomUUID();

      await side.write(id, length);
      deepStrictEqual(await side.load(id), writtenAccount(id, length), `${name} loads ${length} events wrong`);
      runs[runName(name, length)] = () => timeOfALoad(side, id);
    }
  }
  return runs;
}

/** The median of several. */
async function timeOfALoad(side: LoadSide, id: string): Promise<number> {
  const times: number[] = [];
  let sum = 0;

  while (times.length < LEAST_LOADS || (times.length < MOST_LOADS && sum < ENOUGH)) {
    const start = performance.now();

    await side.load(id);
    const time = performance.now() - start;

    times.push(time);
    sum += time;
  }
  return median(times);
}

function runName(side: string, length: number): string {
  return `${side}, ${length}`;
}

function tableOf(times: readonly Times[]): Table {
  return {
    columns: ['events', ...NAMES.map((name) => `${name}, ms`)],
    rows: LENGTHS.map((length) => [
      length.toLocaleString('en'),
      ...NAMES.map((name) => medianOf(times, runName(name, length))),
    ]),
  };
}

function plotOf(times: readonly Times[]): Plot {
  return {
    name: 'load',
    title: 'Loading an aggregate',
    x: { name: 'events', log: true },
    y: { name: 'ms', log: true },
    series: NAMES.map((name) => ({
      name,
      points: LENGTHS.map((length) => [length, medianOf(times, runName(name, length))] as const),
    })),
  };
}
