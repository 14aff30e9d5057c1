import type { Event, Uuid } from '../../src/event-store/events/event';
import { AccountClosed, AccountDeposited, AccountHandedOver, AccountOpened } from './account';
import { recorded } from './events';

/** The last owner of an account that has lived its whole life. */
export const LAST_OWNER = 'Joan';

/** An account that is opened, grows twice, goes to a second owner and to a third, and is closed: versions 1 to 6. */
export function accountLifeOf(id: Uuid): Event[] {
  return [
    new AccountOpened(id, 'Ada'),
    new AccountDeposited(id, 5),
    new AccountDeposited(id, 7),
    new AccountHandedOver(id, 'Ada', 'Grace'),
    new AccountHandedOver(id, 'Grace', LAST_OWNER),
    new AccountClosed(id),
  ].map((event, index) => recorded(event, index + 1));
}
