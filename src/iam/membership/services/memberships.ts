import type { MultiStreamProjectionRepository } from '../../../event-store/projections/multi-stream-projection.repository';
import type { Membership } from '../projections/membership.projection';

export type Memberships = MultiStreamProjectionRepository<Membership>;

export const Memberships = Symbol.for('Memberships');
