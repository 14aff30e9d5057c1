import '../../../../test/support/environment';

import { randomUUID } from 'node:crypto';

import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';

import { DynamoDbStreamReader } from '../../../../local/mappings/dynamodb-stream-reader.ts';
import { CONTEXT } from '../../../../test/support/events';
import { injectFault } from '../../../../test/support/faults';
import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { CreateRole } from '../../role/commands/create-role.command';
import { DisableRole } from '../../role/commands/disable-role.command';
import { AddUserRole } from '../../user/commands/add-user-role.command';
import { RegisterUser } from '../../user/commands/register-user.command';
import { IamApplication } from '../support/iam-application';

const RACES = 200;
const AT_ONCE = 20;

interface Race {
  readonly id: string;
  readonly roleId: string;
}

describe('A role that is given and disabled at once', () => {
  jest.setTimeout(60_000);
  let cloud: TestCloud;
  /** Two Lambda instances: each has aggregates of its own. */
  let giver: IamApplication;
  let disabler: IamApplication;

  beforeAll(async () => {
    cloud = await startTestTables();
    giver = new IamApplication(cloud);
    disabler = new IamApplication(cloud);
  });

  afterAll(() => cloud.stop());

  const give = ({ id, roleId }: Race) => giver.app.dispatch(new AddUserRole(id, roleId), CONTEXT);
  const disable = ({ roleId }: Race) => disabler.app.dispatch(new DisableRole(roleId), CONTEXT);
  const letters = (id: string) =>
    id
      .replace(/-/g, '')
      .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
      .slice(0, 30);

  async function prepared(): Promise<Race> {
    const [id, roleId] = [randomUUID(), randomUUID()];

    await giver.app.dispatch(new RegisterUser(id, `${id}@domain.com`), CONTEXT);
    await giver.app.dispatch(new CreateRole(roleId, letters(roleId)), CONTEXT);
    return { id, roleId };
  }

  /** Names and ids of all events, in the order in which the log took them: the table has one shard. */
  async function history(): Promise<string[]> {
    const { endpoint, region, credentials } = cloud.clients.dynamodb.config;
    const { hostname, port, protocol } = await endpoint!();
    const client = new DynamoDBStreamsClient({ endpoint: `${protocol}//${hostname}:${port}`, region, credentials });
    const reader = new DynamoDbStreamReader(client, cloud.attributes('EventLog').StreamArn!, '');
    const [shard, ...others] = await reader.shards();
    const keys: string[] = [];

    expect(others).toEqual([]);
    for (let iterator: string | undefined = await reader.iterator(shard!.id, 'TRIM_HORIZON'); iterator;) {
      const { records, next } = await reader.read(shard!.id, iterator, 1_000);

      keys.push(...records.map(({ eventRecord }) => keyOf(eventRecord as StreamRecord)));
      iterator = records.length > 0 ? next : undefined;
    }
    client.destroy();
    return keys;
  }

  it(`is never given after it was disabled, in ${RACES} races`, async () => {
    const races: Race[] = [];
    const answers: PromiseSettledResult<unknown>[] = [];

    for (let batch = 0; batch < RACES / AT_ONCE; batch++) {
      const some = await Promise.all(Array.from({ length: AT_ONCE }, prepared));

      // Each reads the role, then appends: either may be first.
      answers.push(...(await Promise.allSettled(some.flatMap((race) => [give(race), disable(race)]))));
      races.push(...some);
    }
    const order = await history();
    const given = races.filter(({ id }) => order.includes(`roleAdded ${id}`));
    const late = given.filter(
      ({ id, roleId }) => order.indexOf(`roleAdded ${id}`) > order.indexOf(`disabled ${roleId}`),
    );
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));

    expect(late).toEqual([]);
    expect(races.filter(({ roleId }) => !order.includes(`disabled ${roleId}`))).toEqual([]);
    expect(reasons.filter((reason) => !(reason instanceof WrongStateError))).toEqual([]);
    expect(reasons).toHaveLength(RACES - given.length);
  });

  it('is not given when it is disabled between the decision and the append', async () => {
    const race = await prepared();
    let isFirst = true;
    const mend = injectFault(cloud.clients.dynamodb, async ({ command, send }) => {
      if (command === 'TransactWriteItemsCommand' && isFirst) {
        isFirst = false;
        await disable(race);
      }
      return send();
    });

    await expect(give(race)).rejects.toThrow(WrongStateError);
    mend();
    expect(isFirst).toBe(false);
    expect(await giver.log.read(race.id)).toHaveLength(1);
  });

  /** As on AWS: a check of the role's next version conflicts with whatever else uses it. */
  async function inConflict(
    command: string,
    times: number,
    error: Error,
    work: () => Promise<unknown>,
  ): Promise<number> {
    let left = times;
    let requests = 0;
    const mend = injectFault(cloud.clients.dynamodb, ({ command: sent, send }) => {
      requests += sent === command ? 1 : 0;
      return sent === command && left-- > 0 ? Promise.reject(error) : send();
    });

    try {
      await work();
    } finally {
      mend();
    }
    return requests;
  }

  it('is disabled though one addition after another is under way', async () => {
    const race = await prepared();
    const conflict = new TransactionConflictException({
      $metadata: {},
      message: 'Transaction is ongoing for the item',
    });

    expect(await inConflict('PutItemCommand', 25, conflict, () => disable(race))).toBe(26);
    expect(await giver.log.read(race.roleId)).toMatchObject([{}, { $name: 'org/iam/role/disabled', $version: 2 }]);
  });

  it('is given though others are just given it', async () => {
    const race = await prepared();
    const conflict = new TransactionCanceledException({
      $metadata: {},
      message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    });

    expect(await inConflict('TransactWriteItemsCommand', 3, conflict, () => give(race))).toBe(4);
    expect(await giver.log.read(race.id)).toMatchObject([{}, { $name: 'org/iam/user/roleAdded' }]);
  });
});

interface StreamRecord {
  readonly dynamodb: {
    readonly NewImage: { readonly id: { readonly S: string }; readonly event: { readonly M: EventMap } };
  };
}

interface EventMap {
  readonly $name: { readonly S: string };
}

function keyOf({ dynamodb: { NewImage } }: StreamRecord): string {
  return `${NewImage.event.M.$name.S.split('/').at(-1)} ${NewImage.id.S}`;
}
