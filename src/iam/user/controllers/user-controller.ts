import { ApplicationContainer } from '../../../app/application-container';
import { NotFoundError } from '../../../app/errors/not-found.error';
import { accepted, found, page } from '../../../app/http/answer';
import { controller } from '../../../app/http/controller';
import { body, path, query } from '../../../app/http/request';
import { IdDto } from '../../../app/validation/id.dto';
import { readAtLeast } from '../../../event-store/projections/read-at-least';
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
import { UserProjections } from '../services/user-projections';

const app = new ApplicationContainer();
const users = app.get<UserProjections>(UserProjections);

/** GET /users */
export const listHandler = controller({
  dto: UserListDto,
  from: [query],
  act: async (dto) => {
    const result = await users.list(dto, dto.filter);

    return page(result.items, result);
  },
});

/** GET /users/{id} */
export const getHandler = controller({
  dto: UserGetDto,
  from: [query, path],
  act: async ({ id, atLeast }) => {
    const user = await readAtLeast(
      atLeast,
      () => users.get(id),
      ({ version }) => version,
    );

    if (!user) {
      throw new NotFoundError('User', id);
    }
    return found(user, user);
  },
});

/** POST /users */
export const postHandler = controller({
  dto: UserPostDto,
  from: [body],
  act: async ({ id, email }, context) => accepted(await app.dispatch(new RegisterUser(id, email), context)),
});

/** PUT /users/{id} */
export const putHandler = controller({
  dto: UserPutDto,
  from: [body, path],
  act: async ({ id, firstName, lastName }, context) =>
    accepted(await app.dispatch(new UpdateUser(id, firstName, lastName), context)),
});

/** PUT /users/{id}/disable */
export const disableHandler = controller({
  dto: IdDto,
  from: [path],
  act: async ({ id }, context) => accepted(await app.dispatch(new DisableUser(id), context)),
});

/** POST /users/{id}/roles */
export const addRoleHandler = controller({
  dto: UserRoleDto,
  from: [body, path],
  act: async ({ id, roleId }, context) => accepted(await app.dispatch(new AddUserRole(id, roleId), context)),
});

/** DELETE /users/{id}/roles/{roleId} */
export const removeRoleHandler = controller({
  dto: UserRoleDto,
  from: [path],
  act: async ({ id, roleId }, context) => accepted(await app.dispatch(new RemoveUserRole(id, roleId), context)),
});
