import { ApplicationContainer } from '../../../app/application-container';
import { page } from '../../../app/http/answer';
import { commandController } from '../../../app/http/command-controller';
import { IdDto } from '../../../app/http/dtos/id.dto';
import { PageDto } from '../../../app/http/dtos/page.dto';
import { queryController } from '../../../app/http/query-controller';
import { body, path, query } from '../../../app/http/request';
import { iam } from '../../iam.module';
import { CreateRole } from '../commands/create-role.command';
import { DisableRole } from '../commands/disable-role.command';
import { RolePostDto } from '../dtos/role-post.dto';
import { RoleProjectionRepository } from '../services/role-projection.repository';

const app = new ApplicationContainer([iam]);
// Made when a route that reads asks for it: commands do not need it.
const roles = () => app.get<RoleProjectionRepository>(RoleProjectionRepository);

/** GET /roles */
export const listHandler = queryController({
  dto: PageDto,
  from: [query],
  answer: async (dto) => {
    const result = await roles().list(dto);

    return page(result.items, result);
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
