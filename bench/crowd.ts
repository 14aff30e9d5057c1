import { randomUUID } from 'node:crypto';

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Command } from '@node-ts/bus-messages';

import type { Event, Uuid } from '../src/event-store/events/event';
import { CreateRole } from '../src/iam/role/commands/create-role.command';
import type { Membership } from '../src/iam/membership/projections/membership.projection';
import { AddUserRole } from '../src/iam/user/commands/add-user-role.command';
import { RegisterUser } from '../src/iam/user/commands/register-user.command';
import { RemoveUserRole } from '../src/iam/user/commands/remove-user-role.command';
import { UpdateUser } from '../src/iam/user/commands/update-user.command';
import { IamApplication } from '../src/iam/test/support/iam-application';
import { CONTEXT } from '../test/support/events';
import { startTestCloud } from '../test/support/test-cloud';
import { alternate, ratio, timesOf } from './alternate';
import type { Benchmark, Figure, Table } from './benchmark';

const SMALLEST = 10;
const LARGEST = 100_000;
/** By the names of the roles. */
const SIZES = { Few: SMALLEST, Many: 1_000, Most: LARGEST };
/** Of one kind in a round. */
const OPERATIONS = 50;
/** Users of a role whom commands have made; the smallest crowd is all of them, and a page shows as many. */
const KNOWN = SMALLEST;
// BatchWriteItem takes 25 requests.
const ROWS_OF_A_REQUEST = 25;
const REQUESTS_AT_ONCE = 8;

/** Does it matter how many users a role has? */
export const crowd: Benchmark = async (tell) => {
  const cloud = await startTestCloud();

  try {
    const system = new IamApplication(cloud);
    const crowds = new Map<number, Crowd>();

    for (const [name, size] of Object.entries(SIZES)) {
      tell(`gathers ${size} users`);
      crowds.set(size, await Crowd.gather(system, name, size));
    }
    const tables: Table[] = [];
    const figures: Figure[] = [];

    for (const [action, run] of Object.entries(ACTIONS)) {
      const nameOf = (size: number) => `${action}, ${size.toLocaleString('en')} users`;
      const sides = [...crowds].map(([size, one]) => [nameOf(size), () => run(one)] as const);
      const times = await alternate(Object.fromEntries(sides), (progress) => {
        tell(`${action}, ${progress}`);
      });

      tables.push(timesOf(times));
      figures.push({
        name: `${action}, ${LARGEST.toLocaleString('en')} users / ${SMALLEST}`,
        value: ratio(times, nameOf(LARGEST), nameOf(SMALLEST)),
        atMost: 1.2,
      });
    }
    return { question: `${OPERATIONS} times each, one after another, from command to projection`, tables, figures };
  } finally {
    await cloud.stop();
  }
};

/** A role with many users, and some who are not in it. */
class Crowd {
  readonly roleId = randomUUID();
  readonly members: Uuid[] = [];
  readonly outsiders: Uuid[] = [];

  private constructor(private readonly system: IamApplication) {}

  static async gather(system: IamApplication, name: string, size: number): Promise<Crowd> {
    const crowd = new Crowd(system);

    await crowd.run(crowd.roleId, new CreateRole(crowd.roleId, name));
    for (let known = 0; known < KNOWN; known++) {
      const member = await crowd.register();

      await crowd.run(member, new AddUserRole(member, crowd.roleId));
      crowd.members.push(member);
      crowd.outsiders.push(await crowd.register());
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
    const answer = await this.system.roleQueries.get(this.roleId, { limit: KNOWN });

    if (answer?.users.items.length !== KNOWN) {
      throw new Error(`Expected a page of ${KNOWN} users: ${JSON.stringify(answer)}`);
    }
    return performance.now() - start;
  }

  private async register(): Promise<Uuid> {
    const id = randomUUID();

    await this.run(id, new RegisterUser(id, `${id}@domain.com`));
    return id;
  }

  /** Writes rows of users whom nobody will ask for. */
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

  private async write(rows: readonly Membership[]): Promise<void> {
    const { UnprocessedItems = {} } = await this.system.documents.send(
      new BatchWriteCommand({
        RequestItems: { 'projection-role-users': rows.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );

    if (Object.keys(UnprocessedItems).length > 0) {
      throw new Error('Expected the engine to write every row.');
    }
  }

  private row(): Membership {
    const userId = randomUUID();

    return { roleId: this.roleId, userId, firstName: 'Ada', lastName: 'Byron', email: `${userId}@domain.com` };
  }
}

/** Each answers the milliseconds of `OPERATIONS` of its kind. */
const ACTIONS: Readonly<Record<string, (crowd: Crowd) => Promise<number>>> = {
  'add a user': (crowd) =>
    repeat(async (turn) => {
      const id = userOf(crowd.outsiders, turn);
      const milliseconds = await crowd.run(id, new AddUserRole(id, crowd.roleId));

      // The crowd stays as large as it was.
      await crowd.run(id, new RemoveUserRole(id, crowd.roleId));
      return milliseconds;
    }),
  'rename a user': (crowd) =>
    repeat((turn) => {
      const id = userOf(crowd.members, turn);

      return crowd.run(id, new UpdateUser(id, 'Ada', 'Lovelace'));
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

function userOf(ids: readonly Uuid[], turn: number): Uuid {
  return ids[turn % ids.length] ?? '';
}
