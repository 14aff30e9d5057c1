import type { FollowedRows } from '../../../event-store/projections/followed-rows';
import type { Membership } from '../projections/membership.projection';

export type Memberships = FollowedRows<Membership>;

export const Memberships = Symbol.for('Memberships');
