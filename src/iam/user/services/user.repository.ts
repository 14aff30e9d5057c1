import type { AggregateRepository } from '../../../event-store/aggregates/aggregate.repository';
import type { User } from '../models/user';

export type UserRepository = AggregateRepository<User>;

export const UserRepository = Symbol.for('UserRepository');
