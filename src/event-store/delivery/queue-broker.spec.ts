import { setImmediate } from 'node:timers/promises';

import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSEvent, SQSRecord } from 'aws-lambda';

import { AccountClosed, AccountDeposited, AccountOpened, AccountWithdrawn } from '../../../test/support/account';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import type { Event } from '../events/event';
import { EventRegistry } from '../events/event-registry';
import type { EventHandler } from '../projections/event-handler';
import { HandlesEvent } from '../projections/handles-event.decorator';
import { type EventHandlerType, QueueBroker } from './queue-broker';

const logger = new Logger({ logLevel: 'SILENT' });
const log = new InMemoryEventLog();
const events = new EventRegistry([AccountOpened, AccountDeposited, AccountWithdrawn, AccountClosed]);

function message(aggregateId: string, $version: number, $name: string = AccountDeposited.$name): SQSRecord {
  return raw(
    `${aggregateId}${$version}`,
    JSON.stringify({ id: aggregateId, $name, $version, correlationId: 'request' }),
  );
}

function raw(messageId: string, body: string): SQSRecord {
  return { messageId, body, attributes: { ApproximateReceiveCount: '1' } } as SQSRecord;
}

/** Fails for the events of these names, as in `a2`, and tells when it began and ended each. */
@HandlesEvent(AccountOpened, AccountDeposited)
class Balances implements EventHandler {
  readonly log: string[] = [];

  constructor(private readonly poison: readonly string[] = []) {}

  async handle({ id, $version }: Event): Promise<void> {
    const name = `${id}${$version}`;

    this.log.push(`${name} begins`);
    await setImmediate();
    if (this.poison.includes(name)) {
      throw new Error(`cannot apply ${name}`);
    }
    this.log.push(`${name} ends`);
  }

  get applied(): string[] {
    return this.log.filter((line) => line.endsWith(' ends')).map((line) => line.slice(0, -' ends'.length));
  }
}

@HandlesEvent(AccountDeposited, AccountClosed)
class Statements extends Balances {}

async function deliver(handlers: readonly EventHandler[], ...Records: SQSRecord[]): Promise<string[]> {
  const made = new Map(handlers.map((handler) => [handler.constructor as EventHandlerType, handler]));

  return deliverTo([...made.keys()], (type) => made.get(type)!, ...Records);
}

async function deliverTo(
  types: readonly EventHandlerType[],
  resolve: (type: EventHandlerType) => EventHandler,
  ...Records: SQSRecord[]
): Promise<string[]> {
  const broker = new QueueBroker({ types, resolve }, events, log, logger);
  const { batchItemFailures } = await broker.deliver({ Records } satisfies SQSEvent);

  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('QueueBroker', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('when an event is handled, then logs how long after its record, which template.yaml makes a metric of', async () => {
    const info = jest.spyOn(logger, 'info');
    const timestamp = new Date(Date.now() - 5000).toISOString();

    await deliver(
      [new Balances()],
      raw('m', JSON.stringify({ id: 'a', $name: AccountOpened.$name, $version: 1, timestamp })),
    );

    const [message, line] = info.mock.calls.at(-1) as [string, { lagMilliseconds: number }];

    expect(message).toBe('Event handled.');
    expect(line.lagMilliseconds).toBeGreaterThanOrEqual(5000);
    expect(line.lagMilliseconds).toBeLessThan(60_000);
  });

  it('given one aggregate, then hands over its events one after the other', async () => {
    const balances = new Balances();

    const failed = await deliver([balances], message('a', 1), message('a', 2), message('a', 3));

    expect(failed).toEqual([]);
    expect(balances.log).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends', 'a3 begins', 'a3 ends']);
  });

  it('given several aggregates, then none waits for another', async () => {
    const balances = new Balances();

    await deliver([balances], message('a', 1), message('a', 2), message('b', 1));

    expect(balances.log.indexOf('b1 begins')).toBeLessThan(balances.log.indexOf('a1 ends'));
  });

  it('given a failure, then fails the rest of its group, and only that', async () => {
    const balances = new Balances(['a2']);

    const failed = await deliver(
      [balances],
      message('a', 1),
      message('b', 1),
      message('a', 2),
      message('b', 2),
      message('a', 3),
      message('b', 3),
    );

    expect(failed).toEqual(['a2', 'a3']);
    expect(balances.applied).toEqual(['a1', 'b1', 'b2', 'b3']);
    expect(balances.log).not.toContain('a3 begins');
  });

  it('given a failure, then logs it once, with what finds the event again', async () => {
    const error = jest.spyOn(logger, 'error');

    await deliver([new Balances(['a1'])], message('a', 1), message('a', 2));

    expect(error).toHaveBeenCalledTimes(1);
    expect(error.mock.lastCall?.[1]).toMatchObject({
      messageId: 'a1',
      correlationId: 'request',
      aggregateId: 'a',
      version: 1,
      handler: 'Balances',
      error: { message: 'cannot apply a1' },
    });
  });

  it.each(['', '{"id":"a",', 'null', '{}', '{"id":"a"}'])(
    'given the message %j, which is no event, then it fails alone',
    async (body) => {
      const balances = new Balances();

      const failed = await deliver([balances], message('a', 1), raw('no event', body), message('a', 2));

      expect(failed).toEqual(['no event']);
      expect(balances.applied).toEqual(['a1', 'a2']);
    },
  );

  it('given two handlers of which one fails, then the other had its chance, and the event stays', async () => {
    const [balances, statements] = [new Balances(['a1']), new Statements()];

    const failed = await deliver([balances, statements], message('a', 1));

    expect(failed).toEqual(['a1']);
    expect(statements.applied).toEqual(['a1']);
  });

  it('given handlers of different events, then each gets only its own', async () => {
    const [balances, statements] = [new Balances(), new Statements()];

    await deliver([balances, statements], message('a', 1, AccountOpened.$name), message('a', 2, AccountClosed.$name));

    expect(balances.applied).toEqual(['a1']);
    expect(statements.applied).toEqual(['a2']);
  });

  it('given an event that nobody handles, then acknowledges it', async () => {
    const balances = new Balances();

    const failed = await deliver([balances], message('a', 1, AccountWithdrawn.$name), message('a', 2));

    expect(failed).toEqual([]);
    expect(balances.applied).toEqual(['a2']);
  });

  it.each([
    ['of an unknown name', { $name: 'org/bank/account/audited' }],
    ['with a payload version that is not known', { schemaVersion: 2 }],
  ])('given an event %s, then it and those behind it stay in the queue', async (_, changes) => {
    const balances = new Balances();
    const unknown = { id: 'a', $name: AccountDeposited.$name, $version: 1, ...changes };

    const failed = await deliver([balances], raw('unknown', JSON.stringify(unknown)), message('a', 2), message('b', 1));

    expect(failed).toEqual(['unknown', 'a2']);
    expect(balances.applied).toEqual(['b1']);
  });

  it('given a handler that cannot be made, then only its own events stay in the queue', async () => {
    const balances = new Balances();
    const resolve = (type: EventHandlerType): EventHandler => {
      if (type === Statements) {
        throw new Error('no table');
      }
      return balances;
    };

    const failed = await deliverTo(
      [Balances, Statements],
      resolve,
      message('a', 1, AccountOpened.$name),
      message('b', 1, AccountDeposited.$name),
    );

    expect(failed).toEqual(['b1']);
    expect(balances.applied).toEqual(['a1', 'b1']);
  });

  describe('given a handler that hangs', () => {
    @HandlesEvent(AccountDeposited)
    class Hanging extends Balances {
      override async handle(event: Event): Promise<void> {
        if (event.id === 'a' && event.$version === 2) {
          await new Promise(() => undefined);
        }
        await super.handle(event);
      }
    }

    it('when the time is up, then fails what its group has not done, and no other', async () => {
      const error = jest.spyOn(logger, 'error');
      const handler = new Hanging();
      const broker = new QueueBroker({ types: [Hanging], resolve: () => handler }, events, log, logger);
      const Records = [message('a', 1), message('a', 2), message('a', 3), message('b', 1), message('b', 2)];

      expect(await broker.deliver({ Records }, Date.now() + 50)).toEqual({
        batchItemFailures: [{ itemIdentifier: 'a2' }, { itemIdentifier: 'a3' }],
      });
      expect(handler.applied.toSorted()).toEqual(['a1', 'b1', 'b2']);
      expect(error.mock.calls).toEqual([
        ['A handler took too long: the message stays in its queue.', expect.objectContaining({ messageId: 'a2' })],
      ]);
    });

    it('then every handler is told until when it has time', async () => {
      const handle = jest.fn(() => Promise.resolve());
      const broker = new QueueBroker({ types: [Balances], resolve: () => ({ handle }) }, events, log, logger);
      const deadline = Date.now() + 1_000;

      await broker.deliver({ Records: [message('b', 1)] }, deadline);
      expect(handle.mock.calls).toEqual([[expect.objectContaining({ id: 'b' }), deadline]]);
    });

    it('when there is time without end, as while debugging, then waits for its handler', async () => {
      const handler = new Balances();
      const broker = new QueueBroker({ types: [Balances], resolve: () => handler }, events, log, logger);

      expect(await broker.deliver({ Records: [message('b', 1)] }, Number.MAX_SAFE_INTEGER)).toEqual({
        batchItemFailures: [],
      });
    });

    it('when the time is up before a message was begun, then it is not begun', async () => {
      const handler = new Hanging();
      const broker = new QueueBroker({ types: [Hanging], resolve: () => handler }, events, log, logger);

      expect(await broker.deliver({ Records: [message('b', 1)] }, Date.now() - 1)).toEqual({
        batchItemFailures: [{ itemIdentifier: 'b1' }],
      });
      expect(handler.log).toEqual([]);
    });
  });

  it('given the reference to an event, then hands over the event that the log has; without one, the message stays', async () => {
    const [opened] = [
      Object.assign(new AccountOpened('c', 'Ada'), { $version: 1, timestamp: new Date().toISOString() }),
    ];
    const handler = new Balances();
    const reference = (id: string) => raw(id, JSON.stringify({ ref: { id, $version: 1, $name: AccountOpened.$name } }));

    await log.append([opened]);

    expect(await deliver([handler], reference('c'), reference('nowhere'))).toEqual(['nowhere']);
    expect(handler.applied).toEqual(['c1']);
  });
});
