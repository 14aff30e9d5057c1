import fc from 'fast-check';

import type { Event } from '../../../event-store/events/event';
import { eventsHandledBy } from '../../../event-store/projections/handles-event.decorator';
import { MembershipHandler } from '../../membership/services/membership.handler';
import { RoleProjectionHandler } from '../../role/services/role-projection.handler';
import { UserProjectionHandler } from '../../user/services/user-projection.handler';
import { anyPlan, batchesOf, type Plan } from './deliveries';
import { anyLives, type Lives, MAXIMUM_AGGREGATES, MAXIMUM_EVENTS, streamsOf } from './lives';

const HANDLED = [UserProjectionHandler, RoleProjectionHandler, MembershipHandler].map(eventsHandledBy);

/** Some lives, and one way in which their events come to the queue broker. */
export class Scenario {
  /** Each aggregate's events, in their order. */
  readonly streams: readonly (readonly Event[])[];
  readonly batches: readonly (readonly Event[])[];

  constructor(
    readonly lives: Lives,
    plan: Plan,
  ) {
    this.streams = streamsOf(lives);
    this.batches = batchesOf(this.streams, plan, isHealed);
  }

  /** `ada 1 registered, ace 1 created | ada 3 roleAdded`: a bar ends a batch. */
  [fc.toStringMethod](): string {
    const line = (events: readonly Event[]) =>
      events.map(({ id, $version, $name }) => `${id.slice(0, 3)} ${$version} ${$name.split('/').at(-1)!}`).join(', ');

    return `log: ${this.streams.map(line).join('; ')}\ndelivered: ${this.batches.map(line).join(' | ')}`;
  }
}

export const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(anyLives, anyPlan(MAXIMUM_AGGREGATES, MAXIMUM_EVENTS))
  .map(([lives, plan]) => new Scenario(lives, plan));

/** A handler catches up with the next event that it handles; the last one that it handles never gets lost here. */
function isHealed({ $name }: Event, later: readonly Event[]): boolean {
  return HANDLED.filter((names) => names.has($name)).every((names) => later.some((event) => names.has(event.$name)));
}
