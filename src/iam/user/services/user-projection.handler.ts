import { inject, injectable } from 'inversify';

import { EventLog } from '../../../event-store/event-log/event-log';
import { HandlesEvent } from '../../../event-store/projections/handles-event.decorator';
import { ProjectionHandler } from '../../../event-store/projections/projection.handler';
import { UserDisabled } from '../events/user-disabled';
import { UserRegistered } from '../events/user-registered';
import { UserRoleAdded } from '../events/user-role-added';
import { UserRoleRemoved } from '../events/user-role-removed';
import { UserUpdated } from '../events/user-updated';
import { UserProjection } from '../projections/user.projection';
import { UserProjectionRepository } from './user-projection.repository';

/** Keeps a row for each user. */
@HandlesEvent(UserRegistered, UserUpdated, UserRoleAdded, UserRoleRemoved, UserDisabled)
@injectable()
export class UserProjectionHandler extends ProjectionHandler<UserProjection> {
  constructor(@inject(EventLog) log: EventLog, @inject(UserProjectionRepository) users: UserProjectionRepository) {
    super(log, users, UserProjection);
  }
}
