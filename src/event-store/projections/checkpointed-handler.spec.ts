import { Account, AccountClosed, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { ConcurrencyError } from '../errors/concurrency.error';
import { LogHoleError } from '../errors/log-hole.error';
import type { Event } from '../events/event';
import { CheckpointedHandler, type Position } from './checkpointed-handler';
import { eventsHandledBy, HandlesEvent } from './handles-event.decorator';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

const opened = at(1, new AccountOpened(ID, 'Ada'));
const deposited = [2, 3, 4].map((version) => at(version, new AccountDeposited(ID, version)));
const closed = at(5, new AccountClosed(ID));
const history = [opened, ...deposited, closed];

/** Keeps its checkpoint in memory, on the condition that the database would put. */
@HandlesEvent(AccountOpened, AccountClosed)
class Follower extends CheckpointedHandler {
  checkpoint = 0;
  readonly applied: number[] = [];
  /** Versions that another instance applies in between: after this one has read its checkpoint. */
  readonly appliedByRival: number[] = [];

  protected position(): Promise<Position> {
    const { checkpoint } = this;

    this.checkpoint = this.appliedByRival.shift() ?? checkpoint;
    return Promise.resolve({ checkpoint, advance: (events) => this.advance(checkpoint, events) });
  }

  private advance(from: number, events: readonly Event[]): Promise<void> {
    if (this.checkpoint !== from) {
      return Promise.reject(new ConcurrencyError('moved'));
    }
    this.applied.push(...events.map(({ $version }) => $version));
    this.checkpoint = this.applied.at(-1) ?? 0;
    return Promise.resolve();
  }
}

describe('CheckpointedHandler', () => {
  let log: InMemoryEventLog;
  let follower: Follower;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    await log.append(history);
    follower = new Follower(log);
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('given the next event, then applies it without reading the log', async () => {
    const read = jest.spyOn(log, 'read');

    await follower.handle(opened);

    expect(follower.applied).toEqual([1]);
    expect(read).not.toHaveBeenCalled();
  });

  it('given an event again or late, then leaves everything as it is', async () => {
    await follower.handle(closed);
    await follower.handle(closed);
    await follower.handle(opened);

    expect(follower.applied).toEqual([1, 5]);
    expect(follower.checkpoint).toBe(5);
  });

  it('given an event ahead, then applies first what it missed and handles, and passes over the rest', async () => {
    const read = jest.spyOn(log, 'read');

    await follower.handle(closed);

    expect(read.mock.calls).toEqual([[ID, 1, 4]]);
    expect(follower.applied).toEqual([1, 5]);
  });

  it('given a hole in the log, then refuses and applies nothing', async () => {
    log.events.splice(2, 1);

    await expect(follower.handle(closed)).rejects.toThrow(new LogHoleError(ID, 0, 5));
    expect(follower.applied).toEqual([]);
  });

  it('given a hole behind the event, then applies the event', async () => {
    log.events.splice(3, 1);

    await follower.handle(deposited[0]!);

    expect(follower.applied).toEqual([1, 2]);
  });

  it('given that another instance was faster, then looks again and does what is left', async () => {
    follower.appliedByRival.push(1);

    await follower.handle(closed);

    expect(follower.applied).toEqual([5]);
  });

  it('given that another instance did it all, then is done', async () => {
    follower.appliedByRival.push(5);

    await follower.handle(closed);

    expect(follower.applied).toEqual([]);
    expect(follower.checkpoint).toBe(5);
  });

  it('given a class without the decorator, then it handles nothing', () => {
    expect(eventsHandledBy(Account)).toEqual(new Set());
    expect(eventsHandledBy(Follower)).toEqual(new Set(['org/bank/account/opened', 'org/bank/account/closed']));
  });
});
