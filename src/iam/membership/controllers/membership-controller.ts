import { ApplicationContainer } from '../../../app/application-container';
import { found } from '../../../app/http/answer';
import { queryController } from '../../../app/http/query-controller';
import { path, query } from '../../../app/http/request';
import { readAtLeast } from '../../../event-store/projections/read-at-least';
import { NotFoundError } from '../../../shared-kernel/errors/not-found.error';
import { iam } from '../../iam.module';
import { RoleGetDto } from '../dtos/role-get.dto';
import { RoleQueryService } from '../services/role-query.service';

const app = new ApplicationContainer([iam]);
const queries = () => app.get(RoleQueryService);

/** GET /roles/{id} */
export const getHandler = queryController({
  dto: RoleGetDto,
  from: [query, path],
  answer: async ({ id, limit, cursor, atLeast }) => {
    const result = await readAtLeast(
      atLeast,
      () => queries().get(id, { limit, cursor }),
      ({ role }) => role.version,
    );

    if (!result) {
      throw new NotFoundError('Role', id);
    }
    const { role, users } = result;

    return found({ ...role, users: users.items }, { version: role.version, nextCursor: users.nextCursor });
  },
});
