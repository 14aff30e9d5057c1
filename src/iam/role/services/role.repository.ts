import type { AggregateRepository } from '../../../event-store/aggregates/aggregate.repository';
import type { Role } from '../models/role';

export type RoleRepository = AggregateRepository<Role>;

export const RoleRepository = Symbol.for('RoleRepository');
