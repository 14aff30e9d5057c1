import type { FollowedRows } from '../../../event-store/projections/multi-stream-projection.repository';
import type { Membership } from '../projections/membership.projection';

export type Memberships = FollowedRows<Membership>;

export const Memberships = Symbol.for('Memberships');
