import type { Event } from '../../src/event-store/events/event';
import { AccountDeposited, AccountHandedOver, AccountOpened, AccountRenamed } from '../support/account';

/** An event's name in a story: `a2` is version 2 of the account `a`. */
export type EventName = string;

export const ACCOUNTS = ['a', 'b'] as const;

/** What code of yesterday has never heard of: in the middle of one account's life, and at the end of the other's. */
export const NEW_EVENT = AccountRenamed;

/** Two accounts of three events each, in the order in which the log's stream has them. */
export const LOG: readonly Event[] = [
  recorded(new AccountOpened('a', 'Ada'), 1),
  recorded(new AccountOpened('b', 'Joan'), 1),
  recorded(enriched(new AccountRenamed('a', 'Savings'), 'Ada', 'Savings'), 2),
  recorded(new AccountDeposited('b', 5), 2),
  recorded(enriched(new AccountHandedOver('a', 'Ada', 'Grace'), 'Grace', 'Savings'), 3),
  recorded(enriched(new AccountRenamed('b', 'Fees'), 'Joan', 'Fees'), 3),
];

export function nameOf({ id, $version }: { readonly id: string; readonly $version: number }): EventName {
  return `${id}${$version}`;
}

/** An account's events up to a version. */
export function historyOf(id: string, version = Infinity): Event[] {
  return LOG.filter((event) => event.id === id && event.$version <= version);
}

/** Stamped as the repository does, with nothing that differs from run to run. */
function recorded<TEvent extends Event>(event: TEvent, version: number): TEvent {
  const timestamp = new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString();

  return Object.assign(event, { $version: version, eventId: nameOf({ ...event, $version: version }), timestamp });
}

function enriched<TEvent extends Event>(event: TEvent, owner: string, name: string): TEvent {
  event.enrichmentData.push({ aggregateName: 'Account', data: { id: event.id, owner, name } });
  return event;
}
