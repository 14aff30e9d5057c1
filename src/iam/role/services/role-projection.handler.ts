import { inject, injectable } from 'inversify';

import { EventLog } from '../../../event-store/event-log/event-log';
import { HandlesEvent } from '../../../event-store/projections/handles-event.decorator';
import { ProjectionHandler } from '../../../event-store/projections/projection.handler';
import { RoleCreated } from '../events/role-created';
import { RoleDisabled } from '../events/role-disabled';
import { RoleProjection } from '../projections/role.projection';
import { RoleProjectionRepository } from './role-projection.repository';

/** Keeps a row for each role. */
@HandlesEvent(RoleCreated, RoleDisabled)
@injectable()
export class RoleProjectionHandler extends ProjectionHandler<RoleProjection> {
  constructor(@inject(EventLog) log: EventLog, @inject(RoleProjectionRepository) roles: RoleProjectionRepository) {
    super(log, roles, RoleProjection);
  }
}
