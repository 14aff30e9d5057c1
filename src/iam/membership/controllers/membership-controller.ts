import { ApplicationContainer } from '../../../app/application-container';
import { found } from '../../../app/http/answer';
import { queryController } from '../../../app/http/query-controller';
import { path, query } from '../../../app/http/request';
import { EventLog } from '../../../event-store/event-log/event-log';
import { readAtLeast } from '../../../event-store/projections/read-at-least';
import { NotFoundError } from '../../../shared-kernel/errors/not-found.error';
import { iam } from '../../iam.module';
import { Role } from '../../role/models/role';
import { RoleGetDto } from '../dtos/role-get.dto';
import { RoleQueryService } from '../services/role-query.service';

const app = new ApplicationContainer([iam]);
// Made when somebody waits for a version that does not come.
const log = () => app.get<EventLog>(EventLog);
const queries = () => app.get(RoleQueryService);

/** GET /roles/{id} */
export const getHandler = queryController({
  dto: RoleGetDto,
  from: [query, path],
  answer: async ({ id, limit, cursor, atLeast }, deadline) => {
    const result = await readAtLeast(
      { type: Role, id, version: atLeast, deadline, log },
      () => queries().get(id, { limit, cursor }),
      ({ role }) => role.version,
    );

    if (!result) {
      throw new NotFoundError('Role', id);
    }
    const { role, users } = result;

    // Its users change without its version: an ETag would be wrong.
    return found({ ...role, users: users.items }, { nextCursor: users.nextCursor });
  },
});
