import type { ProjectionRepository } from '../../../event-store/projections/projection.repository';
import type { RoleProjection } from '../projections/role.projection';

export type RoleProjections = ProjectionRepository<RoleProjection>;

export const RoleProjections = Symbol.for('RoleProjections');
