import { randomUUID } from 'node:crypto';

import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';

import { apiEvent } from '../../../../test/support/api-event';
import { CONTEXT } from '../../../../test/support/events';
import { injectFault, lostAnswer } from '../../../../test/support/faults';
import { startTestTables, type TestCloud } from '../../../../test/support/test-cloud';
import type { HttpHandler } from '../../../app/http/controller';
import type { Event } from '../../../event-store/events/event';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { CreateRole } from '../../role/commands/create-role.command';
import { DisableRole } from '../../role/commands/disable-role.command';
import { AddUserRole } from '../../user/commands/add-user-role.command';
import { DisableUser } from '../../user/commands/disable-user.command';
import { RegisterUser } from '../../user/commands/register-user.command';
import { RemoveUserRole } from '../../user/commands/remove-user-role.command';
import { UpdateUser } from '../../user/commands/update-user.command';
import { IamApplication } from '../support/iam-application';

type Controllers<TName extends string> = Record<TName, HttpHandler>;
type UserController = typeof import('../../user/controllers/user-controller');
type RoleController = typeof import('../../role/controllers/role-controller');

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: APIGatewayProxyResult['headers'];
}

describe('Commands', () => {
  let cloud: TestCloud;
  let system: IamApplication;
  let users: Controllers<keyof UserController>;
  let roles: Controllers<keyof RoleController>;

  beforeAll(async () => {
    cloud = await startTestTables();
    system = new IamApplication(cloud);
    // The controllers read their environment when they are loaded, as in Lambda.
    users = await import('../../user/controllers/user-controller');
    roles = await import('../../role/controllers/role-controller');
  });

  afterAll(() => cloud.stop());

  async function call(
    handler: HttpHandler,
    request: { path?: Record<string, string>; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer> {
    const { statusCode, body, headers } = await handler(
      apiEvent({
        pathParameters: request.path ?? null,
        body: request.body === undefined ? null : JSON.stringify(request.body),
        headers: request.headers ?? {},
      }),
    );

    return { status: statusCode, body: JSON.parse(body) as Record<string, unknown>, headers };
  }

  const register = (id: string, email: string) => call(users.postHandler, { body: { id, email } });
  const update = (id: string, firstName = 'Ada', lastName = 'Byron') =>
    call(users.putHandler, { path: { id }, body: { firstName, lastName } });
  const addRole = (id: string, roleId: string) => call(users.addRoleHandler, { path: { id }, body: { roleId } });
  const removeRole = (id: string, roleId: string) => call(users.removeRoleHandler, { path: { id, roleId } });
  const createRole = (id: string, name: string) => call(roles.postHandler, { body: { id, name } });
  const names = async (id: string) => (await system.log.read(id)).map(({ $name }) => $name);
  const versions = async (id: string) => (await system.log.read(id)).map(({ $version }) => $version);
  const letters = () =>
    randomUUID()
      .replace(/-/g, '')
      .replace(/[0-9]/g, (digit) => 'ghijklmnop'[Number(digit)]!)
      .slice(0, 30);

  async function registeredUser(): Promise<string> {
    const id = randomUUID();

    expect(await register(id, `${id}@domain.com`)).toMatchObject({ status: 202 });
    return id;
  }

  async function createdRole(): Promise<string> {
    const id = randomUUID();

    expect(await createRole(id, letters())).toMatchObject({ status: 202 });
    return id;
  }

  describe('when a user is registered', () => {
    it('answers 202 with id, version and ETag', async () => {
      const id = randomUUID();
      const answer = await register(id, `${id}@domain.com`);

      expect(answer).toMatchObject({ status: 202, body: { id, version: 1 }, headers: { ETag: '"1"' } });
      expect(await names(id)).toEqual(['org/iam/user/registered']);
    });

    it('answers the same again for the same id and e-mail, whatever its case, and appends nothing', async () => {
      const id = randomUUID();

      await register(id, `${id}@domain.com`);

      expect(await register(id, `${id.toUpperCase()}@DOMAIN.com`)).toMatchObject({
        status: 202,
        body: { id, version: 1 },
      });
      expect(await versions(id)).toEqual([1]);
    });

    it('answers the version by now when the user has moved on', async () => {
      const id = await registeredUser();

      await update(id);

      expect(await register(id, `${id}@domain.com`)).toMatchObject({ status: 202, body: { id, version: 2 } });
    });

    it('refuses the id for another e-mail', async () => {
      const id = await registeredUser();

      expect(await register(id, 'other@domain.com')).toMatchObject({ status: 409, body: { code: 'AlreadyExists' } });
    });

    it('refuses the e-mail for another id, whatever its case, and also when its owner is disabled', async () => {
      const id = await registeredUser();

      await call(users.disableHandler, { path: { id } });
      const other = randomUUID();

      expect(await register(other, `${id}@Domain.COM`)).toMatchObject({
        status: 409,
        body: { code: 'UniqueConstraintViolated' },
      });
      expect(await versions(other)).toEqual([]);
    });

    it('accepts exactly one of 40 registrations of one e-mail at once', async () => {
      const email = `${randomUUID()}@domain.com`;
      const ids = Array.from({ length: 40 }, () => randomUUID());
      const answers = await Promise.all(ids.map((id) => register(id, email)));

      expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(39);
      expect((await Promise.all(ids.map(versions))).flat()).toEqual([1]);
    });

    it('appends one event when the answer is lost after it took effect', async () => {
      const id = randomUUID();
      let isLost = false;
      const mend = injectFault(cloud.clients.dynamodb, async (attempt) => {
        const answer = await attempt.send();

        if (!isLost) {
          isLost = true;
          throw lostAnswer();
        }
        return answer;
      });

      expect(await system.app.dispatch(new RegisterUser(id, `${id}@domain.com`), CONTEXT)).toEqual({ id, version: 1 });
      mend();
      expect(isLost).toBe(true);
      expect(await versions(id)).toEqual([1]);
    });
  });

  describe('when the answer to an update is lost after it took effect, and the SDK’s own retry meets a conflict', () => {
    it('appends one event and answers its version', async () => {
      const id = await registeredUser();
      let requests = 0;
      const mend = injectFault(cloud.clients.dynamodb, async ({ command, send }) => {
        if (command !== 'PutItemCommand' || ++requests > 2) {
          return send();
        }
        if (requests === 2) {
          throw new TransactionConflictException({ $metadata: {}, message: 'conflict' });
        }
        await send();
        throw lostAnswer();
      });

      expect(await system.app.dispatch(new UpdateUser(id, 'Ada', 'King'), CONTEXT)).toEqual({ id, version: 2 });
      mend();
      expect(requests).toBe(2);
      expect(await versions(id)).toEqual([1, 2]);
    });
  });

  describe('when one user is updated 30 times at once', () => {
    it('accepts or refuses each, and loses nothing', async () => {
      const id = await registeredUser();
      const answers = await Promise.all(Array.from({ length: 30 }, () => update(id)));
      const accepted = answers.filter(({ status }) => status === 202);

      expect(answers.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
      expect(accepted.length).toBeGreaterThan(0);
      expect(await versions(id)).toEqual(Array.from({ length: accepted.length + 1 }, (_, index) => index + 1));
      expect(accepted.map(({ body }) => body.version).sort((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: accepted.length }, (_, index) => index + 2),
      );
    });
  });

  describe('when a user is updated', () => {
    it("names the user's roles, so that it is renamed in each", async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];

      await addRole(id, roleId);
      await update(id, 'Grace', 'Hopper');

      expect((await system.log.read(id)).at(-1)).toMatchObject({
        $name: 'org/iam/user/updated',
        $version: 3,
        firstName: 'Grace',
        lastName: 'Hopper',
        enrichmentData: [
          {
            aggregateName: 'User',
            data: { id, firstName: 'Grace', lastName: 'Hopper', email: `${id}@domain.com`, roles: [roleId] },
          },
        ],
      });
    });
  });

  describe('when a role is added', () => {
    it('tells both sides of each other', async () => {
      const id = await registeredUser();
      const roleId = randomUUID();
      const name = letters();

      await createRole(roleId, name);
      expect(await addRole(id, roleId)).toMatchObject({ status: 202, body: { id, version: 2 } });

      expect((await system.log.read(id)).at(-1)).toMatchObject({
        $name: 'org/iam/user/roleAdded',
        roleId,
        enrichmentData: [
          { aggregateName: 'User', data: { id, email: `${id}@domain.com` } },
          { aggregateName: 'Role', data: { id: roleId, name } },
        ],
      });
    });

    it.each([
      ['held already', async (id: string, roleId: string) => addRole(id, roleId), 409, 'WrongState'],
      [
        'disabled',
        async (id: string, roleId: string) => {
          await removeRole(id, roleId);
          await call(roles.disableHandler, { path: { id: roleId } });
          return addRole(id, roleId);
        },
        409,
        'WrongState',
      ],
      ['unknown', async (id: string) => addRole(id, randomUUID()), 404, 'NotFound'],
      ["a user's id", async (id: string) => addRole(id, id), 404, 'NotFound'],
    ])('refuses a role that is %s', async (_, attempt, status, code) => {
      const [id, roleId] = [await registeredUser(), await createdRole()];

      await addRole(id, roleId);

      expect(await attempt(id, roleId)).toMatchObject({ status, body: { code } });
    });
  });

  describe('when a role is removed', () => {
    it('is possible for a disabled role', async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];

      await addRole(id, roleId);
      await call(roles.disableHandler, { path: { id: roleId } });

      expect(await removeRole(id, roleId)).toMatchObject({ status: 202, body: { version: 3 } });
      expect((await system.log.read(id)).at(-1)).toMatchObject({
        $name: 'org/iam/user/roleRemoved',
        enrichmentData: [
          { aggregateName: 'User', data: { id } },
          { aggregateName: 'Role', data: { id: roleId } },
        ],
      });
    });

    it('is refused for a role that is not held, and unknown for one that nobody could hold', async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];

      expect(await removeRole(id, roleId)).toMatchObject({ status: 409, body: { code: 'WrongState' } });
      expect(await removeRole(id, randomUUID())).toMatchObject({ status: 404 });
      expect(await removeRole(id, id)).toMatchObject({ status: 404 });
    });
  });

  describe('when a role is created', () => {
    it('accepts it again, and refuses its name for another and its id with another name', async () => {
      const [id, name] = [randomUUID(), letters()];

      expect(await createRole(id, name)).toMatchObject({ status: 202, body: { id, version: 1 } });
      expect(await createRole(id, name)).toMatchObject({ status: 202, body: { id, version: 1 } });
      expect(await createRole(randomUUID(), name)).toMatchObject({
        status: 409,
        body: { code: 'UniqueConstraintViolated' },
      });
      expect(await createRole(id, 'Another')).toMatchObject({ status: 409, body: { code: 'AlreadyExists' } });
      expect(await versions(id)).toEqual([1]);
    });
  });

  describe('given an Idempotency-Key', () => {
    /** Each command route: what leads up to it, and the request. */
    const ROUTES: [string, () => Promise<(headers: Record<string, string>, other?: boolean) => Promise<Answer>>][] = [
      [
        'POST /users',
        () => {
          const id = randomUUID();
          const body = (other: boolean) => ({ id, email: `${other ? 'other-' : ''}${id}@domain.com` });

          return Promise.resolve((headers, other = false) => call(users.postHandler, { body: body(other), headers }));
        },
      ],
      [
        'PUT /users/{id}',
        async () => {
          const path = { id: await registeredUser() };

          return (headers, other = false) =>
            call(users.putHandler, { path, body: { firstName: other ? 'Eda' : 'Ada', lastName: 'Byron' }, headers });
        },
      ],
      [
        'PUT /users/{id}/disable',
        async () => {
          const id = await registeredUser();
          const another = await registeredUser();

          return (headers, other = false) =>
            call(users.disableHandler, { path: { id: other ? another : id }, headers });
        },
      ],
      [
        'POST /users/{id}/roles',
        async () => {
          const [id, roleId, another] = [await registeredUser(), await createdRole(), await createdRole()];

          return (headers, other = false) =>
            call(users.addRoleHandler, { path: { id }, body: { roleId: other ? another : roleId }, headers });
        },
      ],
      [
        'DELETE /users/{id}/roles/{roleId}',
        async () => {
          const [id, roleId, another] = [await registeredUser(), await createdRole(), await createdRole()];

          await addRole(id, roleId);
          await addRole(id, another);
          return (headers, other = false) =>
            call(users.removeRoleHandler, { path: { id, roleId: other ? another : roleId }, headers });
        },
      ],
      [
        'POST /roles',
        () => {
          const [id, name] = [randomUUID(), letters()];

          return Promise.resolve((headers, other = false) =>
            call(roles.postHandler, { body: { id, name: other ? letters() : name }, headers }),
          );
        },
      ],
      [
        'PUT /roles/{id}/disable',
        async () => {
          const [id, another] = [await createdRole(), await createdRole()];

          return (headers, other = false) =>
            call(roles.disableHandler, { path: { id: other ? another : id }, headers });
        },
      ],
    ];
    const key = () => ({ 'Idempotency-Key': randomUUID() });

    describe.each(ROUTES)('%s', (_, prepare) => {
      it('gives the first answer again, and appends nothing', async () => {
        const send = await prepare();
        const headers = key();
        const first = await send(headers);
        const { id } = first.body as { id: string };
        const events = await versions(id);

        expect(first.status).toBe(202);
        expect([await send(headers), await send(headers)]).toEqual([
          { ...first, headers: expect.objectContaining({ ETag: first.headers?.ETag }) as object },
          { ...first, headers: expect.objectContaining({ ETag: first.headers?.ETag }) as object },
        ]);
        expect(await versions(id)).toEqual(events);
      });

      it('refuses it for another request with 422, and appends nothing', async () => {
        const send = await prepare();
        const headers = key();
        const { id } = (await send(headers)).body as { id: string };
        const events = await versions(id);

        expect(await send(headers, true)).toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } });
        expect(await versions(id)).toEqual(events);
      });

      it('appends once for ten of the same at once', async () => {
        const send = await prepare();
        const headers = key();
        const answers = await Promise.all(Array.from({ length: 10 }, () => send(headers)));
        const { id, version } = answers[0]!.body as { id: string; version: number };

        expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [202, { id, version }]));
        expect(await versions(id)).toHaveLength(version);
      });
    });

    it('gives the first answer also where the command would be refused by now', async () => {
      const id = await registeredUser();
      const headers = { ...key(), 'If-Match': '"1"' };
      const send = () =>
        call(users.putHandler, { path: { id }, body: { firstName: 'Ada', lastName: 'King' }, headers });

      expect(await send()).toMatchObject({ status: 202, body: { version: 2 } });
      await call(users.disableHandler, { path: { id } });

      expect(await update(id)).toMatchObject({ status: 409 });
      expect(await send()).toMatchObject({ status: 202, body: { id, version: 2 }, headers: { ETag: '"2"' } });
      expect(await versions(id)).toEqual([1, 2, 3]);
    });

    it('remembers no refusal', async () => {
      const [id, roleId] = [await registeredUser(), randomUUID()];
      const headers = key();
      const send = () => call(users.addRoleHandler, { path: { id }, body: { roleId }, headers });

      expect(await send()).toMatchObject({ status: 404 });
      await createRole(roleId, letters());

      expect(await send()).toMatchObject({ status: 202, body: { version: 2 } });
    });
  });

  describe('given conditions', () => {
    const updateIf = (id: string, headers: Record<string, string>) =>
      call(users.putHandler, { path: { id }, body: { firstName: 'Ada', lastName: 'King' }, headers });
    const registerIf = (id: string, headers: Record<string, string>, email = `${id}@domain.com`) =>
      call(users.postHandler, { body: { id, email }, headers });
    const FAILED = { status: 412, body: { code: 'PreconditionFailed' } };

    it.each<Record<string, string>>([
      { 'If-Match': '"7", "1"' },
      { 'If-Match': '*' },
      { 'If-None-Match': '"7", "another"' },
      { 'If-Match': '"1"', 'If-None-Match': '"2"' },
    ])('accepts a change of a user at the version 1 with %j', async (headers) => {
      expect(await updateIf(await registeredUser(), headers)).toMatchObject({ status: 202, body: { version: 2 } });
    });

    it.each<Record<string, string>>([
      { 'If-Match': '"7", "2"' },
      { 'If-Match': 'W/"1"' },
      { 'If-Match': '"another"' },
      { 'If-None-Match': '*' },
      { 'If-None-Match': 'W/"1"' },
      { 'If-Match': '"1"', 'If-None-Match': '"1"' },
    ])('refuses it with %j, and appends nothing', async (headers) => {
      const id = await registeredUser();

      expect(await updateIf(id, headers)).toMatchObject(FAILED);
      expect(await versions(id)).toEqual([1]);
    });

    it.each(['If-Match', 'If-None-Match'])('does not know an unknown user with %s: * either', async (header) => {
      expect(await updateIf(randomUUID(), { [header]: '*' })).toMatchObject({ status: 404 });
    });

    it('registers with If-None-Match: * whom there is not, and refuses whom there is, the same or another', async () => {
      const id = randomUUID();
      const headers = { 'If-None-Match': '*' };

      expect(await registerIf(id, headers)).toMatchObject({ status: 202, body: { version: 1 } });
      expect(await registerIf(id, headers)).toMatchObject(FAILED);
      expect(await registerIf(id, headers, 'other@domain.com')).toMatchObject(FAILED);
      expect(await registerIf(id, {})).toMatchObject({ status: 202, body: { version: 1 } });
      expect(await versions(id)).toEqual([1]);
    });

    it('registers nobody with If-Match: *', async () => {
      const id = randomUUID();

      expect(await registerIf(id, { 'If-Match': '*' })).toMatchObject(FAILED);
      expect(await versions(id)).toEqual([]);
    });

    it('gives the first answer again to a registration that came with If-None-Match: * and a key', async () => {
      const id = randomUUID();
      const headers = { 'If-None-Match': '*', 'Idempotency-Key': randomUUID() };
      const first = await registerIf(id, headers);

      await update(id);

      expect(first).toMatchObject({ status: 202, body: { version: 1 } });
      expect(await registerIf(id, headers)).toMatchObject({ status: 202, body: { version: 1 } });
    });
  });

  describe('given an id of the other aggregate type', () => {
    it('answers 409 where something would be created, and appends nothing', async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];
      const answers = await Promise.all([register(roleId, `${roleId}@domain.com`), createRole(id, letters())]);

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'IdTaken']));
      expect([await versions(id), await versions(roleId)]).toEqual([[1], [1]]);
    });

    it('answers 404 on every other command route, and appends nothing', async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];
      const answers = await Promise.all([
        update(roleId),
        call(users.disableHandler, { path: { id: roleId } }),
        addRole(roleId, roleId),
        removeRole(roleId, roleId),
        call(roles.disableHandler, { path: { id } }),
      ]);

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'NotFound']));
      expect([await versions(id), await versions(roleId)]).toEqual([[1], [1]]);
    });
  });

  describe('given a disabled user', () => {
    it('refuses every change with 409', async () => {
      const [id, roleId] = [await registeredUser(), await createdRole()];

      await addRole(id, roleId);
      expect(await call(users.disableHandler, { path: { id } })).toMatchObject({ status: 202 });

      for (const answer of [
        await update(id),
        await addRole(id, await createdRole()),
        await removeRole(id, roleId),
        await call(users.disableHandler, { path: { id } }),
      ]) {
        expect(answer).toMatchObject({ status: 409, body: { code: 'WrongState' } });
      }
      expect(await versions(id)).toEqual([1, 2, 3]);
    });
  });

  describe('given a log from before', () => {
    it('takes the next command and goes on', async () => {
      const id = randomUUID();
      const old = {
        $name: 'org/iam/user/registered',
        $version: 1,
        email: 'old@domain.com',
        id,
        timestamp: '2019-12-30T22:33:01.788Z',
      };

      await system.store(old as unknown as Event);

      expect(await update(id)).toMatchObject({ status: 202, body: { version: 2 } });
      expect(await versions(id)).toEqual([1, 2]);
    });
  });

  it('carries the correlation id of the request into the event, the log and the answer', async () => {
    const id = randomUUID();
    const answer = await call(users.postHandler, {
      body: { id, email: `${id}@domain.com` },
      headers: { 'X-Correlation-Id': 'order-66' },
    });

    expect(answer.headers).toMatchObject({ 'X-Correlation-Id': 'order-66' });
    expect(await system.log.read(id)).toMatchObject([
      { correlationId: 'order-66', causationId: expect.any(String) as string, eventId: expect.any(String) as string },
    ]);
  });

  describe('given two Lambda instances, each with aggregates of its own', () => {
    let other: IamApplication;

    beforeAll(() => {
      other = new IamApplication(cloud);
    });

    async function registered(): Promise<string> {
      const id = randomUUID();

      await system.app.dispatch(new RegisterUser(id, `${id}@domain.com`), CONTEXT);
      return id;
    }

    it('refuses nothing for what a copy says: a role that the other instance has taken away can be added', async () => {
      const [id, roleId] = [await registered(), randomUUID()];

      await system.app.dispatch(new CreateRole(roleId, 'Admin'), CONTEXT);
      await system.app.dispatch(new AddUserRole(id, roleId), CONTEXT);
      await other.app.dispatch(new RemoveUserRole(id, roleId), CONTEXT);

      expect(await system.app.dispatch(new AddUserRole(id, roleId), CONTEXT)).toEqual({ id, version: 4 });
    });

    it('accepts nothing for what a copy says: a user whom the other instance has disabled takes no changes', async () => {
      const id = await registered();

      await other.app.dispatch(new DisableUser(id), CONTEXT);

      await expect(system.app.dispatch(new UpdateUser(id, 'Ada', 'Byron'), CONTEXT)).rejects.toThrow(WrongStateError);
      expect(await system.log.read(id)).toHaveLength(2);
    });

    it('reads what is only consulted: a role that the other instance has disabled cannot be added', async () => {
      const [id, roleId] = [await registered(), randomUUID()];

      await system.app.dispatch(new CreateRole(roleId, 'Auditor'), CONTEXT);
      await other.app.dispatch(new DisableRole(roleId), CONTEXT);

      await expect(system.app.dispatch(new AddUserRole(id, roleId), CONTEXT)).rejects.toThrow(WrongStateError);
    });
  });
});
