import { ContextModule } from '../app/context-module';
import { MembershipHandler } from './membership/services/membership.handler';
import { MembershipRepository } from './membership/services/membership.repository';
import { RoleQueryService } from './membership/services/role-query.service';
import { CreateRoleHandler } from './role/commands/create-role.handler';
import { DisableRoleHandler } from './role/commands/disable-role.handler';
import { RoleCreated } from './role/events/role-created';
import { RoleDisabled } from './role/events/role-disabled';
import { Role } from './role/models/role';
import { RoleProjection } from './role/projections/role.projection';
import { RoleProjectionHandler } from './role/services/role-projection.handler';
import { RoleProjectionRepository } from './role/services/role-projection.repository';
import { RoleRepository } from './role/services/role.repository';
import { RoleService } from './role/services/role.service';
import { AddUserRoleHandler } from './user/commands/add-user-role.handler';
import { DisableUserHandler } from './user/commands/disable-user.handler';
import { RegisterUserHandler } from './user/commands/register-user.handler';
import { RemoveUserRoleHandler } from './user/commands/remove-user-role.handler';
import { UpdateUserHandler } from './user/commands/update-user.handler';
import { UserDisabled } from './user/events/user-disabled';
import { UserRegistered } from './user/events/user-registered';
import { UserRoleAdded } from './user/events/user-role-added';
import { UserRoleRemoved } from './user/events/user-role-removed';
import { UserUpdated } from './user/events/user-updated';
import { User } from './user/models/user';
import { UserProjection } from './user/projections/user.projection';
import { UserProjectionHandler } from './user/services/user-projection.handler';
import { UserProjectionRepository } from './user/services/user-projection.repository';
import { UserRepository } from './user/services/user.repository';
import { UserService } from './user/services/user.service';

/** Identity and access management: users, roles, and who holds which. */
export const iam = new ContextModule({
  aggregates: [
    {
      type: User,
      repository: UserRepository,
      events: [UserRegistered, UserUpdated, UserRoleAdded, UserRoleRemoved, UserDisabled],
    },
    { type: Role, repository: RoleRepository, events: [RoleCreated, RoleDisabled] },
  ],
  services: [UserService, RoleService, RoleQueryService],
  commandHandlers: [
    RegisterUserHandler,
    UpdateUserHandler,
    DisableUserHandler,
    AddUserRoleHandler,
    RemoveUserRoleHandler,
    CreateRoleHandler,
    DisableRoleHandler,
  ],
  projections: [
    {
      type: UserProjection,
      repository: UserProjectionRepository,
      table: 'projectionUsersTable',
      handler: UserProjectionHandler,
    },
    {
      type: RoleProjection,
      repository: RoleProjectionRepository,
      table: 'projectionRolesTable',
      handler: RoleProjectionHandler,
    },
  ],
  multiStreamProjections: [
    {
      repository: MembershipRepository,
      table: 'membershipsTable',
      partitionKey: 'roleId',
      sortKey: 'userId',
      aggregateKey: 'userId',
      handler: MembershipHandler,
    },
  ],
});
