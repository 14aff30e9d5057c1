import { inject, injectable } from 'inversify';

import type { Uuid } from '../../../event-store/events/event';
import type { Page, PageRequest } from '../../../event-store/projections/page';
import type { RoleProjection } from '../../role/projections/role.projection';
import { RoleProjectionRepository } from '../../role/services/role-projection.repository';
import { MembershipRepository } from './membership.repository';

/** A user in a role, as `GET /roles/{id}` shows it. */
export interface RoleUser {
  readonly id: Uuid;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly email?: string | undefined;
}

/** Answers questions about roles from what the events made. */
@injectable()
export class RoleQueryService {
  constructor(
    @inject(RoleProjectionRepository) private readonly roles: RoleProjectionRepository,
    @inject(MembershipRepository) private readonly memberships: MembershipRepository,
  ) {}

  /** A role and one page of its users; `undefined` while its own projection is not there. */
  async get(id: Uuid, request: PageRequest): Promise<{ role: RoleProjection; users: Page<RoleUser> } | undefined> {
    const [role, { items, nextCursor }] = await Promise.all([this.roles.get(id), this.memberships.list(id, request)]);

    return (
      role && {
        role,
        users: {
          items: items.map(({ userId, firstName, lastName, email }) => ({ id: userId, firstName, lastName, email })),
          nextCursor,
        },
      }
    );
  }
}
