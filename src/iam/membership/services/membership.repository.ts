import type { MultiStreamProjectionRepository } from '../../../event-store/projections/multi-stream-projection.repository';
import type { Membership } from '../projections/membership.projection';

export type MembershipRepository = MultiStreamProjectionRepository<Membership>;

export const MembershipRepository = Symbol.for('MembershipRepository');
