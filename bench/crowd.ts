import { randomUUID } from 'node:crypto';

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Command } from '@node-ts/bus-messages';

import type { Event, Uuid } from '../src/event-store/events/event';
import { BankApplication } from '../test/support/bank-application';
import { HandOverAccount, OpenAccount, RenameAccount } from '../test/support/bank-commands';
import { BANK_TEMPLATE, type Holding } from '../test/support/bank.module';
import { CONTEXT } from '../test/support/events';
import { startTestCloud } from '../test/support/test-cloud';
import { alternate, ratio, timesOf } from './support/alternate';
import type { Benchmark, Figure, Table } from './support/benchmark';

const SMALLEST = 10;
const LARGEST = 100_000;
const SIZES = [SMALLEST, 1_000, LARGEST];
/** Of one kind in a round. */
const OPERATIONS = 50;
/** Accounts of an owner that commands have made; the smallest crowd is all of them, and a page shows as many. */
const KNOWN = SMALLEST;
const STRANGER = 'Somebody else';
// BatchWriteItem takes 25 requests.
const ROWS_OF_A_REQUEST = 25;
const REQUESTS_AT_ONCE = 8;

/** Does it matter how many rows of a projection belong together, such as the accounts of one owner? */
export const crowd: Benchmark = async (tell) => {
  const cloud = await startTestCloud(BANK_TEMPLATE);

  try {
    const system = new BankApplication(cloud);
    const crowds = new Map<number, Crowd>();

    for (const size of SIZES) {
      tell(`gathers ${size} accounts`);
      crowds.set(size, await Crowd.gather(system, size));
    }
    const tables: Table[] = [];
    const figures: Figure[] = [];

    for (const [action, run] of Object.entries(ACTIONS)) {
      const nameOf = (size: number) => `${action}, ${size.toLocaleString('en')} accounts`;
      const sides = [...crowds].map(([size, one]) => [nameOf(size), () => run(one)] as const);
      const times = await alternate(Object.fromEntries(sides), (progress) => {
        tell(`${action}, ${progress}`);
      });

      tables.push(timesOf(times));
      figures.push({
        name: `${action}, ${LARGEST.toLocaleString('en')} accounts / ${SMALLEST}`,
        value: ratio(times, nameOf(LARGEST), nameOf(SMALLEST)),
        atMost: 1.2,
      });
    }
    return { question: `${OPERATIONS} times each, one after another, from command to projection`, tables, figures };
  } finally {
    await cloud.stop();
  }
};

/** An owner of many accounts, and some accounts of somebody else. */
class Crowd {
  readonly owner = `Holder no. ${randomUUID()}`;
  readonly own: Uuid[] = [];
  readonly others: Uuid[] = [];

  private constructor(private readonly system: BankApplication) {}

  static async gather(system: BankApplication, size: number): Promise<Crowd> {
    const crowd = new Crowd(system);

    for (let known = 0; known < KNOWN; known++) {
      crowd.own.push(await crowd.open(crowd.owner));
      crowd.others.push(await crowd.open(STRANGER));
    }
    await crowd.fill(size - KNOWN);
    return crowd;
  }

  /** Dispatches a command and hands its event to the projections; answers how many milliseconds the two take. */
  async run(id: Uuid, command: Command): Promise<number> {
    const start = performance.now();
    const { version } = await this.system.app.dispatch(command, CONTEXT);
    const dispatched = performance.now();
    const events: Event[] = await this.system.log.read(id, version, version);
    const delivery = performance.now();
    const failed = await this.system.deliver(...events);

    if (events.length !== 1 || failed.length > 0) {
      throw new Error(`Expected one event of version ${version}, projected: ${JSON.stringify({ events, failed })}`);
    }
    return dispatched - start + performance.now() - delivery;
  }

  async readFirstPage(): Promise<number> {
    const start = performance.now();
    const { items } = await this.system.portfolios.list(this.owner, { limit: KNOWN });

    if (items.length !== KNOWN) {
      throw new Error(`Expected a page of ${KNOWN} accounts: ${JSON.stringify(items)}`);
    }
    return performance.now() - start;
  }

  private async open(owner: string): Promise<Uuid> {
    const id = randomUUID();

    await this.run(id, new OpenAccount(id, owner));
    return id;
  }

  /** Writes rows of accounts that nobody will ask for. */
  private async fill(count: number): Promise<void> {
    for (let left = count; left > 0; left -= ROWS_OF_A_REQUEST * REQUESTS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(left, ROWS_OF_A_REQUEST * REQUESTS_AT_ONCE) }, () => this.row());

      await Promise.all(
        Array.from({ length: Math.ceil(rows.length / ROWS_OF_A_REQUEST) }, (_, request) =>
          this.write(rows.slice(request * ROWS_OF_A_REQUEST, (request + 1) * ROWS_OF_A_REQUEST)),
        ),
      );
    }
  }

  private async write(rows: readonly Holding[]): Promise<void> {
    const { UnprocessedItems = {} } = await this.system.documents.send(
      new BatchWriteCommand({
        RequestItems: { 'projection-portfolios': rows.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );

    if (Object.keys(UnprocessedItems).length > 0) {
      throw new Error('Expected the engine to write every row.');
    }
  }

  private row(): Holding {
    const { owner } = this;

    return { owner, accountId: randomUUID(), name: 'Savings of Ada Byron', timestamp: '2026-01-01T00:00:00.000Z' };
  }
}

/** Each answers the milliseconds of `OPERATIONS` of its kind. */
const ACTIONS: Readonly<Record<string, (crowd: Crowd) => Promise<number>>> = {
  'add an account': (crowd) =>
    repeat(async (turn) => {
      const id = accountOf(crowd.others, turn);
      const milliseconds = await crowd.run(id, new HandOverAccount(id, crowd.owner));

      // The crowd stays as large as it was.
      await crowd.run(id, new HandOverAccount(id, STRANGER));
      return milliseconds;
    }),
  'rename an account': (crowd) =>
    repeat((turn) => {
      const id = accountOf(crowd.own, turn);

      return crowd.run(id, new RenameAccount(id, 'Savings of Ada Lovelace'));
    }),
  'read the first page': (crowd) => repeat(() => crowd.readFirstPage()),
};

async function repeat(operation: (turn: number) => Promise<number>): Promise<number> {
  let milliseconds = 0;

  for (let turn = 0; turn < OPERATIONS; turn++) {
    milliseconds += await operation(turn);
  }
  return milliseconds;
}

function accountOf(ids: readonly Uuid[], turn: number): Uuid {
  return ids[turn % ids.length] ?? '';
}
