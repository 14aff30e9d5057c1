import { unmarshall } from '@aws-sdk/util-dynamodb';

import type { Refusal } from '../dynamo/refusals';
import { AlreadyAcceptedError } from '../errors/already-accepted.error';
import { ClaimTakenError } from '../errors/claim-taken.error';
import { ConcurrencyError } from '../errors/concurrency.error';
import { ThrottledError } from '../errors/throttled.error';
import type { Event } from '../events/event';
import { decodeItem } from '../events/event-decoder';
import type { EventItem } from '../events/event-item';
import type { AppendEntries } from './append-puts';
import type { UniqueClaim } from './unique-claim';

// Reasons of a cancelled transaction.
const THROTTLED = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']);

/** Whether the first item in the way is the first of these very events; then all of them are there. */
export function isStored([event]: readonly Event[], [refusal]: readonly Refusal[]): boolean {
  return (
    event !== undefined &&
    refusal?.item !== undefined &&
    decodeItem(unmarshall(refusal.item) as EventItem).eventId === event.eventId
  );
}

/**
 * What the refusal of an append means.
 *
 * @param error with which DynamoDB refused it: the cause of what is answered, or the answer where it means nothing more
 * @param refusals in the order of `putsOf`
 */
export function refusalError(error: unknown, refusals: readonly Refusal[], entries: AppendEntries): unknown {
  const { events, claims, record } = entries;
  const isTaken = (index: number) => refusals[index]?.code === 'ConditionalCheckFailed';
  const claim = claims.find((_, index) => isTaken(events.length + index));

  // A command that was accepted before has its answer, whatever has become of its aggregate since.
  if (record && isTaken(events.length + claims.length)) {
    return new AlreadyAcceptedError('A command with this idempotency key has been accepted.', { cause: error });
  }
  // An id that is there already says more than a claim that is taken: the aggregate may hold that claim itself.
  if (events.some((_, index) => isTaken(index))) {
    return new ConcurrencyError(`${nameOf(events)} has changed meanwhile.`, { cause: error });
  }
  if (claim && !isOwn(claim, refusals[events.length + claims.indexOf(claim)])) {
    return new ClaimTakenError(claim.key, { cause: error });
  }
  if (claim || refusals.some(({ code }) => code === 'TransactionConflict')) {
    return new ConcurrencyError(`${nameOf(events)} is being changed by somebody else.`, { cause: error });
  }
  if (refusals.some(({ code }) => THROTTLED.has(code))) {
    return new ThrottledError('The event log takes no more writes just now. Try again later.', { cause: error });
  }
  return error;
}

/** Whether the claim in the way is the claimant's own: the same request, sent twice, is being committed. */
function isOwn(claim: UniqueClaim, refusal: Refusal | undefined): boolean {
  return refusal?.item !== undefined && unmarshall(refusal.item).owner === claim.owner;
}

function nameOf(events: readonly Event[]): string {
  return `The aggregate ${events[0]?.id ?? ''}`;
}
