import type { ProjectionRepository } from '../../../event-store/projections/projection.repository';
import type { UserProjection } from '../projections/user.projection';

export type UserProjectionRepository = ProjectionRepository<UserProjection>;

export const UserProjectionRepository = Symbol.for('UserProjectionRepository');
