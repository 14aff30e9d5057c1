import type { ProjectionRepository } from '../../../event-store/projections/projection.repository';
import type { RoleProjection } from '../projections/role.projection';

export type RoleProjectionRepository = ProjectionRepository<RoleProjection>;

export const RoleProjectionRepository = Symbol.for('RoleProjectionRepository');
