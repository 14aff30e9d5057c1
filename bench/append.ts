import { randomUUID } from 'node:crypto';

import { BANK_TEMPLATE } from '../test/support/bank.module';
import { injectFault } from '../test/support/faults';
import { startTestCloud } from '../test/support/test-cloud';
import { alternate, median, ratio, type Side as Times } from './support/alternate';
import type { Benchmark, Figure, Table } from './support/benchmark';
import { BarePut } from './peers/bare-put';
import { openSides } from './peers/open-sides';
import { OursCold } from './peers/ours';
import type { CommandSide } from './peers/side';

const ACCOUNTS = 50;
const EVENTS = 10;
const COMMANDS_ON_AN_ACCOUNT = 10;
const COMMANDS = ACCOUNTS * COMMANDS_ON_AN_ACCOUNT;

const WARM = 'ours, warm';
const COLD = 'ours, cold';
const CASTORE = 'castore';
const ADAPTER = 'event-store-adapter-js';
const FLOOR = 'bare PutItem';

/** Commands one after another: what does the way from load to append cost? */
export const append: Benchmark = async (tell) => {
  const cloud = await startTestCloud(BANK_TEMPLATE);

  try {
    const sides = await openCommandSides();
    const runs = Object.entries(sides).map(([name, side]) => [name, () => timeOfCommands(side)] as const);
    const times = await alternate(Object.fromEntries(runs), tell);

    return {
      question: `${COMMANDS} commands one after another on ${ACCOUNTS} accounts, which have ${EVENTS} events each at the start`,
      tables: [await tableOf(times, sides)],
      figures: figuresOf(times),
    };
  } finally {
    await cloud.stop();
  }
};

async function openCommandSides(): Promise<Record<string, CommandSide>> {
  const { ours, castore, adapter } = await openSides();

  return {
    [WARM]: ours,
    [COLD]: new OursCold(),
    [CASTORE]: castore,
    [ADAPTER]: adapter,
    [FLOOR]: new BarePut(),
  };
}

function figuresOf(times: readonly Times[]): Figure[] {
  return [
    { name: `commands a second, ${WARM} / ${CASTORE}`, value: ratio(times, CASTORE, WARM), atLeast: 1.8 },
    { name: `commands a second, ${WARM} / ${FLOOR}`, value: ratio(times, FLOOR, WARM), atLeast: 0.9 },
    { name: `commands a second, ${WARM} / ${ADAPTER}`, value: ratio(times, ADAPTER, WARM) },
    { name: `commands a second, ${COLD} / ${CASTORE}`, value: ratio(times, CASTORE, COLD) },
  ];
}

async function timeOfCommands(side: CommandSide): Promise<number> {
  const ids = await newAccounts(side);
  const start = performance.now();

  for (let made = 0; made < COMMANDS_ON_AN_ACCOUNT; made++) {
    await renameAll(side, ids);
  }
  return performance.now() - start;
}

/** The last of their events comes by a command: what a side keeps of an account, it has then. */
async function newAccounts(side: CommandSide): Promise<string[]> {
  const ids = Array.from({ length: ACCOUNTS }, () => randomUUID());

  await Promise.all(ids.map((id) => side.write(id, EVENTS - 1)));
  await renameAll(side, ids);
  return ids;
}

async function renameAll(side: CommandSide, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await side.rename(id);
  }
}

async function tableOf(times: readonly Times[], sides: Readonly<Record<string, CommandSide>>): Promise<Table> {
  const rows: (string | number)[][] = [];

  for (const { name, milliseconds } of times) {
    const side = sides[name];
    const rates = milliseconds.map((time) => (COMMANDS / time) * 1_000);

    rows.push([
      name,
      median(rates),
      Math.min(...rates),
      Math.max(...rates),
      side ? await requestsOfACommand(side) : NaN,
    ]);
  }
  return { columns: ['', 'commands a second', 'least', 'most', 'requests for each'], rows };
}

/** Counted apart, so that counting is in nobody's time. */
async function requestsOfACommand(side: CommandSide): Promise<number> {
  const ids = await newAccounts(side);
  let requests = 0;
  const stop = injectFault(side.client, ({ send }) => {
    requests++;
    return send();
  });

  await renameAll(side, ids);
  stop();
  return requests / ids.length;
}
