// inversify keeps what its decorators say in the metadata that this polyfill adds: import it before any decorated class.
import 'reflect-metadata/lite';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Command } from '@node-ts/bus-messages';
import { Container, type Newable } from 'inversify';

import type { Aggregate } from '../event-store/aggregates/aggregate';
import { AggregateRepository } from '../event-store/aggregates/aggregate.repository';
import type { CommandContext, CommandResult } from '../event-store/commands/command-context';
import { CommandDispatcher } from '../event-store/commands/command-dispatcher';
import { IdempotencyRecords } from '../event-store/commands/idempotency-records';
import { documentClient } from '../event-store/dynamo/document-client';
import { DynamoEventLog } from '../event-store/event-log/dynamo-event-log';
import { EventLog } from '../event-store/event-log/event-log';
import { DynamoMultiStreamProjectionRepository } from '../event-store/projections/dynamo-multi-stream-projection.repository';
import { DynamoProjectionRepository } from '../event-store/projections/dynamo-projection.repository';
import type { EventHandler } from '../event-store/projections/event-handler';
import { DynamoSnapshotStore } from '../event-store/snapshots/dynamo-snapshot-store';
import { CreateRoleHandler } from '../iam/role/commands/create-role.handler';
import { DisableRoleHandler } from '../iam/role/commands/disable-role.handler';
import { Role } from '../iam/role/models/role';
import type { Membership } from '../iam/membership/projections/membership.projection';
import { RoleProjection } from '../iam/role/projections/role.projection';
import { MembershipHandler } from '../iam/membership/services/membership.handler';
import { Memberships } from '../iam/membership/services/memberships';
import { RoleProjectionHandler } from '../iam/role/services/role-projection.handler';
import { RoleProjections } from '../iam/role/services/role-projections';
import { RoleQueryService } from '../iam/membership/services/role-query.service';
import { RoleRepository } from '../iam/role/services/role.repository';
import { RoleService } from '../iam/role/services/role.service';
import { AddUserRoleHandler } from '../iam/user/commands/add-user-role.handler';
import { DisableUserHandler } from '../iam/user/commands/disable-user.handler';
import { RegisterUserHandler } from '../iam/user/commands/register-user.handler';
import { RemoveUserRoleHandler } from '../iam/user/commands/remove-user-role.handler';
import { UpdateUserHandler } from '../iam/user/commands/update-user.handler';
import { User } from '../iam/user/models/user';
import { UserProjection } from '../iam/user/projections/user.projection';
import { UserProjectionHandler } from '../iam/user/services/user-projection.handler';
import { UserProjections } from '../iam/user/services/user-projections';
import { UserRepository } from '../iam/user/services/user.repository';
import { UserService } from '../iam/user/services/user.service';
import { environment } from '../shared-kernel/configuration/environment';
import { logger } from './logging/logger';

const COMMAND_HANDLERS = [
  RegisterUserHandler,
  UpdateUserHandler,
  DisableUserHandler,
  AddUserRoleHandler,
  RemoveUserRoleHandler,
  CreateRoleHandler,
  DisableRoleHandler,
];
const EVENT_HANDLERS = [UserProjectionHandler, RoleProjectionHandler, MembershipHandler];
const REPOSITORIES = [UserRepository, RoleRepository];
const SERVICES = [UserService, RoleService, RoleQueryService];

/** Everything that is wired: a new bounded context is bound here. One for each Lambda instance. */
export class ApplicationContainer {
  readonly logger = logger;
  /** Events between two snapshots of an aggregate. */
  readonly snapshotInterval = Number(environment('snapshotInterval'));
  private readonly container = new Container({ defaultScope: 'Singleton' });
  private readonly commands = new CommandDispatcher(COMMAND_HANDLERS, (type) => this.container.get(type));

  /** @param client how DynamoDB is reached; the environment tells region, endpoint and credentials */
  constructor(client: DynamoDBClient = new DynamoDBClient({})) {
    [...SERVICES, ...COMMAND_HANDLERS, ...EVENT_HANDLERS].forEach((type: Newable) => {
      this.container.bind(type).toSelf();
    });
    const documents = documentClient(client);

    this.bindAggregates(documents);
    this.bindProjections(documents);
  }

  get records(): IdempotencyRecords {
    return this.container.get(IdempotencyRecords);
  }

  /** Hands a command to its handler. */
  dispatch(command: Command, context: CommandContext): Promise<CommandResult> {
    return this.commands.dispatch(command, context);
  }

  /** What is bound to a class or a symbol. */
  get<T>(identifier: Newable<T> | symbol): T {
    return this.container.get<T>(identifier);
  }

  get eventHandlers(): EventHandler[] {
    return EVENT_HANDLERS.map((type: Newable<EventHandler>) => this.container.get(type));
  }

  get repositories(): AggregateRepository<Aggregate>[] {
    return REPOSITORIES.map((symbol) => this.container.get<AggregateRepository<Aggregate>>(symbol));
  }

  private bindAggregates(client: DynamoDBDocumentClient): void {
    const { container, snapshotInterval } = this;
    const records = environment('idempotencyTable');
    const log = new DynamoEventLog(client, {
      events: environment('eventLogTable'),
      claims: environment('setValidationsTable'),
      records,
    });
    const snapshots = new DynamoSnapshotStore(client, environment('snapshotsTable'), this.logger);
    const sources = { log, snapshots, snapshotInterval };

    container.bind(EventLog).toConstantValue(log);
    container.bind(IdempotencyRecords).toConstantValue(new IdempotencyRecords(client, records));
    container.bind(UserRepository).toConstantValue(new AggregateRepository(User, sources));
    container.bind(RoleRepository).toConstantValue(new AggregateRepository(Role, sources));
  }

  private bindProjections(client: DynamoDBDocumentClient): void {
    const { container } = this;

    container
      .bind(UserProjections)
      .toConstantValue(new DynamoProjectionRepository(client, environment('projectionUsersTable'), UserProjection));
    container
      .bind(RoleProjections)
      .toConstantValue(new DynamoProjectionRepository(client, environment('projectionRolesTable'), RoleProjection));
    container.bind(Memberships).toConstantValue(
      new DynamoMultiStreamProjectionRepository<Membership>(client, {
        name: environment('membershipsTable'),
        partitionKey: 'roleId',
        sortKey: 'userId',
        aggregateKey: 'userId',
        checkpoints: environment('checkpointsTable'),
      }),
    );
  }
}
