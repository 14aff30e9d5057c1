import { ApplicationContainer } from '../../../app/application-container';
import { found, page } from '../../../app/http/answer';
import { commandController } from '../../../app/http/command-controller';
import { IdDto } from '../../../app/http/dtos/id.dto';
import { queryController } from '../../../app/http/query-controller';
import { body, path, query } from '../../../app/http/request';
import { EventLog } from '../../../event-store/event-log/event-log';
import { readAtLeast } from '../../../event-store/projections/read-at-least';
import { NotFoundError } from '../../../shared-kernel/errors/not-found.error';
import { iam } from '../../iam.module';
import { AddUserRole } from '../commands/add-user-role.command';
import { DisableUser } from '../commands/disable-user.command';
import { RegisterUser } from '../commands/register-user.command';
import { RemoveUserRole } from '../commands/remove-user-role.command';
import { UpdateUser } from '../commands/update-user.command';
import { UserGetDto } from '../dtos/user-get.dto';
import { UserListDto } from '../dtos/user-list.dto';
import { UserPostDto } from '../dtos/user-post.dto';
import { UserPutDto } from '../dtos/user-put.dto';
import { UserRoleDto } from '../dtos/user-role.dto';
import { User } from '../models/user';
import { UserProjectionRepository } from '../services/user-projection.repository';

const app = new ApplicationContainer([iam]);
// Made when a route that reads asks for it: commands do not need it.
const log = () => app.get<EventLog>(EventLog);
const users = () => app.get<UserProjectionRepository>(UserProjectionRepository);

/** GET /users */
export const listHandler = queryController({
  dto: UserListDto,
  from: [query],
  answer: async (dto) => {
    const result = await users().list(dto, dto.filter);

    return page(result.items, result);
  },
});

/** GET /users/{id} */
export const getHandler = queryController({
  dto: UserGetDto,
  from: [query, path],
  answer: async ({ id, atLeast }, deadline) => {
    const user = await readAtLeast(
      { type: User, id, version: atLeast, deadline, log },
      () => users().get(id),
      ({ version }) => version,
    );

    if (!user) {
      throw new NotFoundError('User', id);
    }
    return found(user, user);
  },
});

/** POST /users */
export const postHandler = commandController(app, {
  dto: UserPostDto,
  from: [body],
  command: ({ id, email }) => new RegisterUser(id, email),
});

/** PUT /users/{id} */
export const putHandler = commandController(app, {
  dto: UserPutDto,
  from: [body, path],
  command: ({ id, firstName, lastName }) => new UpdateUser(id, firstName, lastName),
});

/** PUT /users/{id}/disable */
export const disableHandler = commandController(app, {
  dto: IdDto,
  from: [path],
  command: ({ id }) => new DisableUser(id),
});

/** POST /users/{id}/roles */
export const addRoleHandler = commandController(app, {
  dto: UserRoleDto,
  from: [body, path],
  command: ({ id, roleId }) => new AddUserRole(id, roleId),
});

/** DELETE /users/{id}/roles/{roleId} */
export const removeRoleHandler = commandController(app, {
  dto: UserRoleDto,
  from: [path],
  command: ({ id, roleId }) => new RemoveUserRole(id, roleId),
});
