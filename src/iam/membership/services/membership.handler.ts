import { inject, injectable } from 'inversify';

import { EventLog } from '../../../event-store/event-log/event-log';
import type { Event } from '../../../event-store/events/event';
import { HandlesEvent, IgnoresEvent } from '../../../event-store/projections/handles-event.decorator';
import { MultiStreamProjectionHandler } from '../../../event-store/projections/multi-stream-projection.handler';
import type { RowChange } from '../../../event-store/projections/multi-stream-projection.repository';
import { UserDisabled } from '../../user/events/user-disabled';
import { UserRegistered } from '../../user/events/user-registered';
import { UserRoleAdded } from '../../user/events/user-role-added';
import { UserRoleRemoved } from '../../user/events/user-role-removed';
import { UserUpdated } from '../../user/events/user-updated';
import { membershipChanges } from '../projections/membership.projection';
import { MembershipRepository } from './membership.repository';

/** Keeps the roles' lists of users, by following the users. */
@HandlesEvent(UserRoleAdded, UserRoleRemoved, UserUpdated)
@IgnoresEvent(UserRegistered, UserDisabled)
@injectable()
export class MembershipHandler extends MultiStreamProjectionHandler {
  constructor(@inject(EventLog) log: EventLog, @inject(MembershipRepository) memberships: MembershipRepository) {
    super(log, memberships, 'role-memberships');
  }

  changes(event: Event): readonly RowChange[] {
    return membershipChanges(event);
  }
}
