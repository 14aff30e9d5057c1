import type { IdempotencyRecord } from '../commands/idempotency-record';
import type { Event, Uuid } from '../events/event';
import type { Consulted } from './consulted';
import type { UniqueClaim } from './unique-claim';

/** The insert-only log of all aggregates' events: the source of truth. */
export interface EventLog {
  /**
   * Appends a command's events together with the claims that it makes and the record of its acceptance: all or nothing.
   * Appending the same events again (the same `eventId`s) succeeds and changes nothing. There may be no event, where a
   * record is to be kept all the same.
   *
   * @param consulted aggregates that must still be at these versions; each other than the events', and only once
   * @throws AlreadyAcceptedError when a record of the same key is there that has not expired
   * @throws ConcurrencyError when a version is there already, or a consulted aggregate has changed; its kind `BusyError` when somebody
   *   is just writing one of them, or is consulting the same aggregate
   * @throws ClaimTakenError when a claim is somebody else's
   * @throws ThrottledError when the log refuses for its load
   * @throws UnknownEventError for an event that is not released yet: then nothing is asked of the database
   */
  append(
    events: readonly Event[],
    claims?: readonly UniqueClaim[],
    record?: IdempotencyRecord,
    consulted?: readonly Consulted[],
  ): Promise<void>;

  /**
   * An aggregate's events of versions `from` (default 1) to `to` (default the last), in order, strongly consistent.
   *
   * @throws UnknownEventError for an event, or a payload version of one, that this code does not know
   */
  read(id: Uuid, from?: number, to?: number): Promise<Event[]>;

  /**
   * An aggregate's newest events, in order: at most `count`, and at least one where there is any; strongly consistent.
   *
   * @throws UnknownEventError as `read`
   */
  readNewest(id: Uuid, count: number): Promise<Event[]>;

  /**
   * Every aggregate's events, in order, also those that this code does not know. Reads all of the log, which only an operator
   * may want.
   *
   * @param onUnreadable told of each aggregate that has an item which is no event: it is left out. Without it, that is an error
   */
  readAll(onUnreadable?: (history: UnreadableHistory) => void): AsyncIterable<readonly Event[]>;
}

/** An aggregate whose events cannot all be decoded. */
export interface UnreadableHistory {
  readonly aggregateId: Uuid;
  /** Of the first of its items for which that holds. */
  readonly error: Error;
}

export const EventLog = Symbol.for('EventLog');
