import '../../../test/support/environment';

import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

import { Account, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { InMemorySnapshotStore } from '../../../test/support/in-memory-snapshot-store';
import { logger } from '../../app/logging/logger';
import { AggregateRepository } from '../aggregates/aggregate.repository';
import type { Event } from '../events/event';
import { Snapshotter } from './snapshotter';

const [ADA, EVE] = ['5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04', '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01'];

/** An account's events: it is opened, and each further one adds 1. */
function events(id: string, count: number): Event[] {
  return Array.from({ length: count }, (_, index) =>
    at(index + 1, index === 0 ? new AccountOpened(id, 'Ada') : new AccountDeposited(id, 1)),
  );
}

function streamed(...batch: readonly Event[]): KinesisStreamEvent {
  return {
    Records: batch.map((event, index) => ({
      kinesis: { sequenceNumber: String(index), data: Buffer.from(JSON.stringify(event)).toString('base64') },
    })) as KinesisStreamRecord[],
  };
}

describe('Snapshotter', () => {
  let log: InMemoryEventLog;
  let snapshots: InMemorySnapshotStore;
  let snapshotter: Snapshotter;

  beforeEach(() => {
    log = new InMemoryEventLog();
    snapshots = new InMemorySnapshotStore();
    const accounts = new AggregateRepository(Account, { log, snapshots, snapshotInterval: 10 });

    snapshotter = new Snapshotter((type) => (type === Account.aggregateType ? accounts : undefined), 10, logger);
  });

  it('given an event that makes a tenth version, then makes a snapshot of what the aggregate is by now', async () => {
    await log.append(events(ADA, 13));

    expect(await snapshotter.deliver(streamed(...events(ADA, 11)))).toEqual({ batchItemFailures: [] });
    expect([...snapshots.snapshots.values()]).toMatchObject([
      {
        id: ADA,
        version: 13,
        aggregateType: 'org/bank/account',
        stateVersion: 1,
        state: { owner: 'Ada', balance: 12 },
      },
    ]);
  });

  it('given no event that makes one, then reads and writes nothing', async () => {
    const read = jest.spyOn(log, 'readNewest');

    await snapshotter.deliver(streamed(...events(ADA, 9), ...events(EVE, 9)));

    expect(read).not.toHaveBeenCalled();
    expect(snapshots.snapshots.size).toBe(0);
  });

  it('given several that make one, then one snapshot for each aggregate', async () => {
    const save = jest.spyOn(snapshots, 'save');

    await log.append([...events(ADA, 20), ...events(EVE, 10)]);
    await snapshotter.deliver(streamed(...events(ADA, 20), ...events(EVE, 10)));

    expect(save.mock.calls.map(([{ id, version }]) => [id, version]).sort()).toEqual([
      [EVE, 10],
      [ADA, 20],
    ]);
  });

  it('given one that fails, then names it, and makes those of all others', async () => {
    await log.append(events(EVE, 10));

    const answer = await snapshotter.deliver(streamed(...events(ADA, 10), ...events(EVE, 10)));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '9' }] });
    expect([...snapshots.snapshots.keys()]).toEqual([EVE]);
  });

  it('given one that hangs, when the time is up, then names it, and made those of all others', async () => {
    await log.append([...events(ADA, 10), ...events(EVE, 10)]);
    jest.spyOn(snapshots, 'find').mockImplementationOnce(() => new Promise(() => undefined));

    const batch = streamed(...events(ADA, 10), ...events(EVE, 10));

    expect(await snapshotter.deliver(batch, Date.now() + 50)).toEqual({
      batchItemFailures: [{ itemIdentifier: '9' }],
    });
    expect([...snapshots.snapshots.keys()]).toEqual([EVE]);
  });

  it('given events of a type that it does not know, then passes over them', async () => {
    const others = events(ADA, 10).map((event) => ({ ...event, $name: 'org/bank/customer/moved' }));

    expect(await snapshotter.deliver(streamed(...others))).toEqual({ batchItemFailures: [] });
  });
});
