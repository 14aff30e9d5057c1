import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import { HandlesEvent, IgnoresEvent } from '../../src/event-store/projections/handles-event.decorator';
import { AccountClosed, AccountDeposited, AccountOpened } from '../../test/support/account';
import { BranchClosed, BranchOpened } from '../../test/support/branch';
import { eventsMaking } from './events-making';

const EVENTS = new EventRegistry([AccountOpened, AccountDeposited, AccountClosed, BranchOpened, BranchClosed]);

@HandlesEvent(AccountOpened, BranchOpened)
@IgnoresEvent(AccountDeposited)
class FollowingHandler implements EventHandler {
  handle(): Promise<void> {
    return Promise.resolve();
  }
}

describe('Events that rows are made of', () => {
  it('are all of the aggregates that the handler follows, without those that it ignores', () => {
    expect(eventsMaking(new FollowingHandler(), EVENTS)).toEqual(
      new Set([AccountOpened, AccountClosed, BranchOpened, BranchClosed].map(({ $name }) => $name)),
    );
  });
});
