import type { Refusal } from '../dynamo/refusals';
import { plainItem } from '../dynamo/unmarshalling';
import { AlreadyAcceptedError } from '../errors/already-accepted.error';
import { BusyError } from '../errors/busy.error';
import { ClaimTakenError } from '../errors/claim-taken.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { ThrottledError } from '../errors/throttled.error';
import type { Event } from '../events/event';
import { decodeItem } from '../events/event-decoder';
import type { EventItem } from '../events/event-item';
import type { AppendEntries } from './append-puts';
import type { Consulted } from './consulted';
import type { UniqueClaim } from './unique-claim';

// Reasons of a cancelled transaction.
const THROTTLED = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']);

/** Whether the first item in the way is the first of these very events; then all of them are there. */
export function isStored([event]: readonly Event[], [refusal]: readonly Refusal[]): boolean {
  return (
    event !== undefined &&
    refusal?.item !== undefined &&
    decodeItem(plainItem(refusal.item) as unknown as EventItem).eventId === event.eventId
  );
}

/**
 * What the refusal of an append means.
 *
 * @param error with which DynamoDB refused it: the cause of what is answered, or the answer where it means nothing more
 * @param refusals in the order of `putsOf`, and of `checksOf` behind them
 */
export function refusalError(error: unknown, refusals: readonly Refusal[], entries: AppendEntries): unknown {
  return conditionError(error, refusals, entries) ?? loadError(error, refusals, nameOf(entries.events[0])) ?? error;
}

/** What a condition that failed means. */
function conditionError(cause: unknown, refusals: readonly Refusal[], entries: AppendEntries): Error | undefined {
  const { events, claims, consulted } = entries;
  const refused = byPart(refusals, entries);

  // A command that was accepted before has its answer, whatever has become of its aggregate since.
  if (refused.record.some(isTaken)) {
    return new AlreadyAcceptedError('A command with this idempotency key has been accepted.', { cause });
  }
  // An id that is there already says more than a claim that is taken: the aggregate may hold that claim itself.
  if (refused.events.some(isTaken)) {
    return new ConcurrencyError(`${nameOf(events[0])} has changed meanwhile.`, { cause });
  }
  const claim = claims.find((_, index) => isTaken(refused.claims[index]));

  if (claim) {
    return claimError(cause, claim, refused.claims[claims.indexOf(claim)]);
  }
  const changed = consulted.find((_, index) => isTaken(refused.checks[index]));

  return changed && new ConcurrencyError(`${nameOf(changed)} has changed since it was consulted.`, { cause });
}

/** What it means that others use the same items, or that there are too many requests. */
function loadError(cause: unknown, refusals: readonly Refusal[], name: string): Error | undefined {
  if (refusals.some(({ code }) => code === 'TransactionConflict')) {
    return new BusyError(`${name}, or what it rests on, is in use by somebody else.`, { cause });
  }
  if (refusals.some(({ code }) => THROTTLED.has(code))) {
    return new ThrottledError('The event log takes no more writes just now. Try again later.', { cause });
  }
  return undefined;
}

/** A claim in the way that is the claimant's own: the same request, sent twice, is being committed. */
function claimError(cause: unknown, { key, owner }: UniqueClaim, refusal: Refusal | undefined): Error {
  const isOwn = refusal?.item !== undefined && plainItem(refusal.item).owner === owner;

  return isOwn
    ? new ConcurrencyError(`The aggregate ${owner} is being changed by somebody else.`, { cause })
    : new ClaimTakenError(key, { cause });
}

/** The refusals of each part of an append. */
function byPart(refusals: readonly Refusal[], { events, claims, record }: AppendEntries) {
  const [ofClaims, ofRecord] = [events.length, events.length + claims.length];
  const ofChecks = ofRecord + (record ? 1 : 0);

  return {
    events: refusals.slice(0, ofClaims),
    claims: refusals.slice(ofClaims, ofRecord),
    record: refusals.slice(ofRecord, ofChecks),
    checks: refusals.slice(ofChecks),
  };
}

function isTaken(refusal: Refusal | undefined): boolean {
  return refusal?.code === 'ConditionalCheckFailed';
}

function nameOf(aggregate: Event | Consulted | undefined): string {
  return `The aggregate ${aggregate?.id ?? ''}`;
}
