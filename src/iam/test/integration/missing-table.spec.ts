import type { APIGatewayProxyResult } from 'aws-lambda';

import { apiEvent } from '../../../../test/support/api-event';
import type * as UserController from '../../user/controllers/user-controller';

describe('the controllers of users, where the variable of their projection is missing', () => {
  let controller: typeof UserController;

  beforeAll(async () => {
    for (const table of ['eventLogTable', 'setValidationsTable', 'idempotencyTable', 'snapshotsTable']) {
      process.env[table] = table;
    }
    process.env.snapshotInterval = '10';
    delete process.env.projectionUsersTable;
    controller = await import('../../user/controllers/user-controller');
  });

  it('when a command comes, then it is taken as ever', async () => {
    const { statusCode, code } = outcome(await controller.postHandler(apiEvent({ body: '{"id":"no UUID"}' })));

    expect([statusCode, code]).toEqual([400, 'ValidationFailed']);
  });

  it('when a user is asked for, then the answer is a problem, without internals', async () => {
    const { statusCode, code } = outcome(
      await controller.getHandler(apiEvent({ pathParameters: { id: '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01' } })),
    );

    expect([statusCode, code]).toEqual([500, 'InternalError']);
  });
});

function outcome({ statusCode, body }: APIGatewayProxyResult): { statusCode: number; code: string } {
  return { statusCode, code: (JSON.parse(body) as { code: string }).code };
}
