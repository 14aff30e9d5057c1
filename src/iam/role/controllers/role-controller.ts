import { ApplicationContainer } from '../../../app/application-container';
import { NotFoundError } from '../../../shared-kernel/errors/not-found.error';
import { found, page } from '../../../app/http/answer';
import { commandController } from '../../../app/http/command-controller';
import { queryController } from '../../../app/http/query-controller';
import { body, path, query } from '../../../app/http/request';
import { IdDto } from '../../../app/http/dtos/id.dto';
import { PageDto } from '../../../app/http/dtos/page.dto';
import { readAtLeast } from '../../../event-store/projections/read-at-least';
import { CreateRole } from '../commands/create-role.command';
import { DisableRole } from '../commands/disable-role.command';
import { RoleGetDto } from '../../membership/dtos/role-get.dto';
import { RolePostDto } from '../dtos/role-post.dto';
import { RoleProjections } from '../services/role-projections';
import { RoleQueryService } from '../../membership/services/role-query.service';

const app = new ApplicationContainer();
const roles = app.get<RoleProjections>(RoleProjections);
const queries = app.get(RoleQueryService);

/** GET /roles */
export const listHandler = queryController({
  dto: PageDto,
  from: [query],
  answer: async (dto) => {
    const result = await roles.list(dto);

    return page(result.items, result);
  },
});

/** GET /roles/{id} */
export const getHandler = queryController({
  dto: RoleGetDto,
  from: [query, path],
  answer: async ({ id, limit, cursor, atLeast }) => {
    const result = await readAtLeast(
      atLeast,
      () => queries.get(id, { limit, cursor }),
      ({ role }) => role.version,
    );

    if (!result) {
      throw new NotFoundError('Role', id);
    }
    const { role, users } = result;

    return found({ ...role, users: users.items }, { version: role.version, nextCursor: users.nextCursor });
  },
});

/** POST /roles */
export const postHandler = commandController(app, {
  dto: RolePostDto,
  from: [body],
  command: ({ id, name }) => new CreateRole(id, name),
});

/** PUT /roles/{id}/disable */
export const disableHandler = commandController(app, {
  dto: IdDto,
  from: [path],
  command: ({ id }) => new DisableRole(id),
});
