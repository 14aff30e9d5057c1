import type { Event } from '../../src/event-store/events/event';
import type { EventKeys } from './event-keys';
import type { StoredState } from './stored-state';

/**
 * Accounts that changed hands at a branch that was closed already.
 *
 * @param log all events in the order in which they were appended
 */
export function consultationViolations({ streams }: StoredState, log: EventKeys): string[] {
  return [...streams.values()].flatMap((stream) => {
    const { branchId = '' } = stream[0] as Event & { readonly branchId?: string };
    const closing = streams.get(branchId)?.find(({ $name }) => $name === 'org/bank/branch/closed');
    const isTooLate = (event: Event) =>
      closing && event.$name === 'org/bank/account/handedOver' && log.isBefore(keyOf(closing), keyOf(event));

    return stream
      .filter(isTooLate)
      .map(({ id, $version }) => `${id} was handed over at ${$version}, after its branch was closed`);
  });
}

function keyOf({ id, $version }: Event) {
  return { aggregateId: id, version: $version };
}
