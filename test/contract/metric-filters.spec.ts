import { join } from 'node:path';

import { Logger } from '@aws-lambda-powertools/logger';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';

import { readTemplate } from '../../local/template/template.ts';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { HandlesEvent } from '../../src/event-store/projections/handles-event.decorator';
import { AccountDeposited, AccountOpened } from '../support/account';
import { recorded } from '../support/events';
import { matchesFilter } from '../support/filter-pattern';
import { InMemoryEventLog } from '../support/in-memory-event-log';

const ID = '5a0b7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const { resources } = readTemplate(join(__dirname, '../../template.yaml'));

const EVENT = recorded(new AccountOpened(ID, 'Ada'), 1);
const dataOf = () => Buffer.from(JSON.stringify(EVENT)).toString('base64');
const imageOf = () => marshall(toItem(EVENT), { removeUndefinedValues: true });
const aside = (client: unknown, logger: Logger) => new UndeliveredQueue(client as SQSClient, 'aside', 'test', logger);

const patternOf = (filter: string) => resources.get(filter)!.properties.FilterPattern as string;
const countedBy = (filter: string, lines: readonly string[]) =>
  lines.filter((line) => matchesFilter(patternOf(filter), line)).length;

/** Fails on a deposit, and hangs on one of nothing. */
@HandlesEvent(AccountOpened, AccountDeposited)
class Balances implements EventHandler {
  handle({ amount }: Event & { readonly amount?: number }): Promise<void> {
    return amount === undefined
      ? Promise.resolve()
      : amount > 0
        ? Promise.reject(new Error('Broken.'))
        : new Promise(() => undefined);
  }
}

/** Lines that the product itself writes, and what the alarms make of them. */
describe('The metric filters of template.yaml', () => {
  const lines: string[] = [];

  beforeEach(() => {
    lines.length = 0;
    for (const method of ['info', 'error', 'warn'] as const) {
      jest.spyOn(console, method).mockImplementation((...args: unknown[]) => {
        lines.push(String(args[0]));
      });
    }
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** A logger whose lines go to the console that this spec reads. */
  async function logging(work: (logger: Logger) => Promise<unknown>): Promise<void> {
    process.env.POWERTOOLS_DEV = 'true';
    await work(new Logger());
    delete process.env.POWERTOOLS_DEV;
  }

  async function deliver(event: Event): Promise<void> {
    const registry = new EventRegistry([AccountOpened, AccountDeposited]);
    const source = { types: [Balances], resolve: () => new Balances() };
    const record = { messageId: '1', body: JSON.stringify(event), attributes: { ApproximateReceiveCount: '1' } };

    await logging((logger) =>
      new QueueBroker(source, registry, new InMemoryEventLog(), logger).deliver(
        { Records: [record as SQSRecord] },
        Date.now() + 100,
      ),
    );
  }

  it.each([
    ['that is handled', recorded(new AccountOpened(ID, 'Ada'), 1), 0, 1],
    ['whose handler fails', recorded(new AccountDeposited(ID, 1), 2), 1, 0],
    ['whose handler hangs', recorded(new AccountDeposited(ID, 0), 2), 1, 0],
    [
      'that this code does not know',
      { ...recorded(new AccountOpened(ID, 'Ada'), 1), $name: 'org/bank/account/frozen' },
      0,
      0,
    ],
  ])('given an event %s, then the errors and the lags are counted', async (_, event, errors, lags) => {
    await deliver(event);

    expect(lines).toHaveLength(1);
    expect([countedBy('HandlerErrors', lines), countedBy('ProjectionLag', lines)]).toEqual([errors, lags]);
  });

  it.each([
    [
      'the stream',
      (logger: Logger, client: unknown) =>
        new DynamoKinesisAdaptor(client as KinesisClient, 'stream', aside(client, logger), logger).deliver(
          { Records: [{ eventName: 'INSERT', dynamodb: { Keys: {}, NewImage: imageOf() } }] } as never,
          Date.now() + 100,
        ),
    ],
    [
      'a queue',
      (logger: Logger, client: unknown) =>
        new EventSourceBroker(() => new EventQueue(client as SQSClient, 'queue', logger), {
          quarantine: aside(client, logger),
          retries: aside(client, logger),
        }).deliver({ Records: [{ kinesis: { data: dataOf() } }] } as never, Date.now() + 100),
    ],
  ])('given a batch for %s that hangs, then one error is counted', async (_, send) => {
    await logging((logger) => send(logger, { send: () => new Promise(() => undefined) }));

    expect(lines).toHaveLength(1);
    expect(countedBy('BatchErrors', lines)).toBe(1);
  });

  it.each([
    ['a success', '202', '202', 0],
    ["a client's mistake", '400', '400', 0],
    ['what is throttled', '429', '-', 0],
    ['a projection that is late, or newer code that is needed', '503', '503', 0],
    ['an error of ours', '500', '500', 1],
    ['a function that crashes', '502', '200', 1],
    ['a function that takes too long', '504', '-', 1],
    ['API Gateway that is not available', '503', '-', 1],
  ])('given %s, then it is an error or not', (_, status, functionStatus, errors) => {
    const { Format } = resources.get('ServerlessSamApi')!.properties.AccessLogSetting as { Format: string };
    const values: Record<string, string> = { status, 'integration.status': functionStatus };
    const line = Format.replaceAll(/\$context\.([\w.]+)/g, (__, name: string) => values[name] ?? '-');

    expect(countedBy('ApiErrors', [line])).toBe(errors);
  });
});
