import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

import { TestApplication } from '../../../../test/support/application';
import type { TestCloud } from '../../../../test/support/test-cloud';
import type { Uuid } from '../../../event-store/events/event';
import { iam } from '../../iam.module';
import type { Membership } from '../../membership/projections/membership.projection';
import { RoleQueryService, type RoleUser } from '../../membership/services/role-query.service';
import { RoleProjectionRepository } from '../../role/services/role-projection.repository';
import { UserProjectionRepository } from '../../user/services/user-projection.repository';

/** Identity and access management on the engines of a test cloud. */
export class IamApplication extends TestApplication {
  readonly users: UserProjectionRepository;
  readonly roles: RoleProjectionRepository;

  constructor(cloud: TestCloud) {
    super(cloud, [iam]);
    this.users = this.app.get<UserProjectionRepository>(UserProjectionRepository);
    this.roles = this.app.get<RoleProjectionRepository>(RoleProjectionRepository);
  }

  async usersOf(roleId: Uuid): Promise<readonly RoleUser[]> {
    const { Items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: 'projection-role-users',
        ConsistentRead: true,
        KeyConditionExpression: 'roleId = :id',
        ExpressionAttributeValues: { ':id': roleId },
      }),
    );

    return (Items as Membership[]).map(({ userId, firstName, lastName, email }) => ({
      id: userId,
      firstName,
      lastName,
      email,
    }));
  }

  /** Version up to which the memberships have followed a user. */
  async membershipCheckpoint(id: Uuid): Promise<number | undefined> {
    const { Item } = await this.documents.send(
      new GetCommand({
        TableName: 'projection-checkpoints',
        Key: { handler: 'role-memberships', id },
        ConsistentRead: true,
      }),
    );

    return Item?.version as number | undefined;
  }

  get roleQueries(): RoleQueryService {
    return this.app.get(RoleQueryService);
  }
}
