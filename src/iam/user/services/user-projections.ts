import type { ProjectionRepository } from '../../../event-store/projections/projection.repository';
import type { UserProjection } from '../projections/user.projection';

export type UserProjections = ProjectionRepository<UserProjection>;

export const UserProjections = Symbol.for('UserProjections');
