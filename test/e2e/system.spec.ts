import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand as DocumentScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';

import { CREDENTIALS } from '../../local/aws-environment.ts';
import { poll } from '../../local/poll.ts';
import { readTemplate, type Template } from '../../local/template/template.ts';
import { ROOT, run, RunningLocalCloud } from '../support/local-cloud';
import { permissionFindings } from '../support/permission-findings';
import { templatesWithoutAStatement, withStatement } from '../support/policy-mutants';
import { passesPostmanCollection } from '../support/postman-collection';
import { RequestRecorder } from '../support/request-recorder';
import { describeClosedApi } from './closed-api';
import { describeRandomRequests } from './random-requests';
import { describeSmokeTest } from './smoke-test';
import { describeStrangeEvents } from './strange-events';

const SOON = { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 };
const UUID = '7d5c8b1e-3f0a-4c7d-9a51-0d8f6b1c2e3a';

jest.setTimeout(60_000);

beforeAll(async () => {
  expect(await run('node_modules/webpack/bin/webpack.js', ['--env', 'program=ops'])).toMatchObject({
    code: 0,
    stdout: '',
  });
});

describe('The whole system', () => {
  let recorder: RequestRecorder;
  let cloud: RunningLocalCloud;

  beforeAll(async () => {
    recorder = await RequestRecorder.start();
    cloud = await RunningLocalCloud.start({ archive: 'on', archiveInterval: '1' }, recorder.environment);
  });

  afterAll(async () => {
    await (cloud as RunningLocalCloud | undefined)?.stop();
    await recorder.stop();
  });

  const ops = (line: string) => run('.aws-sam/programs/ops.js', line.split(' '));

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(cloud.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();

    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as Record<string, unknown>;
      },
    };
  }

  const eventually = (path: string, isThere: (json: Record<string, unknown>) => boolean) =>
    poll(async () => {
      const answer = await send('GET', path);

      return answer.status === 200 && isThere(answer.json) ? answer.json : undefined;
    }, SOON);

  const users = (count: number) => Array.from({ length: count }, () => randomUUID());
  const letters = () =>
    randomUUID()
      .replace(/[^a-f]/g, '')
      .padEnd(12, 'x');

  function dynamodb(): DynamoDBClient {
    const { endpoints, region } = cloud.state;

    return new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials: CREDENTIALS });
  }

  const inOrder = (events: readonly Record<string, unknown>[]) =>
    events.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  const keyOf = ({ id, $version }: Record<string, unknown>) => JSON.stringify([id, $version]);

  /** All events, by aggregate and version. */
  async function log(): Promise<Record<string, unknown>[]> {
    const client = DynamoDBDocumentClient.from(dynamodb());
    const { Items = [], LastEvaluatedKey } = await client.send(
      new DocumentScanCommand({ TableName: 'EventLog', ConsistentRead: true }),
    );

    client.destroy();
    expect(LastEvaluatedKey).toBeUndefined();
    return inOrder(Items.map(({ event }) => event as Record<string, unknown>));
  }

  async function eventsInTheLog(): Promise<number> {
    const client = dynamodb();

    try {
      return (await client.send(new ScanCommand({ TableName: 'EventLog', Select: 'COUNT', ConsistentRead: true })))
        .Count!;
    } finally {
      client.destroy();
    }
  }

  it('knows all of its template, and names its routes', () => {
    expect(cloud.errors()).not.toMatch(/^(Not run locally|Ignored): /m);
    expect(cloud.output()).toMatch(/^PUT +\/users\/\{id\} +UpdateUserController$/m);
  });

  it('passes every test of the Postman collection', async () => {
    await passesPostmanCollection({ 'base-url': cloud.url });
  });

  it('knows nobody while it is open, whoever a request says it comes from', async () => {
    const [id] = users(1) as [string];
    const documents = DynamoDBDocumentClient.from(dynamodb());

    await send('POST', '/users', { id, email: `${id}@domain.com` }, { 'X-Actor': 'eve', Authorization: 'Bearer eve' });
    const { Item } = await documents.send(new GetCommand({ TableName: 'EventLog', Key: { id, $version: 1 } }));

    expect(Item?.event).toMatchObject({ email: `${id}@domain.com` });
    expect(Item?.event).not.toHaveProperty('metadata');
    documents.destroy();
  });

  it('projects every command of many clients at once, none lost, none twice', async () => {
    const ids = users(24);

    await Promise.all(
      Array.from({ length: 6 }, async (_, client) => {
        for (const id of ids.filter((__, index) => index % 6 === client)) {
          expect(await send('POST', '/users', { id, email: `${id}@domain.com` })).toMatchObject({ status: 202 });
          expect(await send('PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'Byron' })).toMatchObject({
            status: 202,
          });
          expect(await send('PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'King' })).toMatchObject({
            status: 202,
          });
        }
      }),
    );

    for (const id of ids) {
      expect(await eventually(`/users/${id}`, ({ version }) => version === 3)).toMatchObject({
        lastName: 'King',
        version: 3,
      });
    }
  });

  it('pages through a role’s users', async () => {
    const roleId = randomUUID();
    const ids = users(5).sort();

    await send('POST', '/roles', { id: roleId, name: letters() });
    for (const id of ids) {
      await send('POST', '/users', { id, email: `${id}@domain.com` });
      expect(await send('POST', `/users/${id}/roles`, { roleId })).toMatchObject({ status: 202 });
    }
    await eventually(`/roles/${roleId}`, (role) => (role.users as unknown[]).length === 5);

    const first = await send('GET', `/roles/${roleId}?limit=3`);
    const cursor = first.headers.get('X-Next-Cursor') ?? '';
    const second = await send('GET', `/roles/${roleId}?limit=3&cursor=${cursor}`);
    const listed = [first, second].flatMap(({ json }) => (json.users as { id: string }[]).map(({ id }) => id));

    expect(listed).toEqual(ids);
    expect(second.headers.get('X-Next-Cursor')).toBeNull();
  });

  it('pages through users, with a filter and without', async () => {
    const mark = randomUUID().slice(0, 8);
    const ids = users(7);

    for (const id of ids) {
      await send('POST', '/users', { id, email: `${mark}-${id}@domain.com` });
    }
    await poll(async () => {
      const { text } = await send('GET', `/users?contains=email:${mark}`);

      return (JSON.parse(text) as unknown[]).length === 7 || undefined;
    }, SOON);

    for (const query of [`contains=email:${mark}&limit=3`, 'limit=3']) {
      const seen = new Set<string>();
      let cursor: string | null = '';

      do {
        const answer = await send('GET', `/users?${query}${cursor && `&cursor=${cursor}`}`);
        const page = JSON.parse(answer.text) as { id: string }[];

        expect(page.length).toBeLessThanOrEqual(3);
        page.forEach(({ id }) => {
          expect(seen).not.toContain(id);
          seen.add(id);
        });
        cursor = answer.headers.get('X-Next-Cursor');
      } while (cursor !== null);
      expect([...seen]).toEqual(expect.arrayContaining(ids));
    }
  });

  it('carries the correlation id of a request into the log lines of every function on the way', async () => {
    const id = randomUUID();
    const correlationId = `test-${id}`;
    const answer = await send(
      'POST',
      '/users',
      { id, email: `${id}@domain.com` },
      { 'X-Correlation-Id': correlationId },
    );

    expect(answer.headers.get('X-Correlation-Id')).toBe(correlationId);
    await eventually(`/users/${id}`, () => true);
    const messages = await poll(() => {
      const lines = cloud.lines.filter((line) => line.includes(correlationId));
      const own = lines.map((line) => (JSON.parse(line) as { message: string }).message);

      return Promise.resolve(own.includes('Event handled.') ? own : undefined);
    }, SOON);

    expect(messages).toContain('Request answered.');
  });

  describe('given bad input', () => {
    const long = 'a'.repeat(300);
    const deep = `{"email":${'['.repeat(20_000)}${']'.repeat(20_000)},"id":"${UUID}"}`;
    const cases: [string, string, string, unknown, number, string | undefined][] = [
      ['no body', 'POST', '/users', undefined, 400, undefined],
      ['no JSON', 'POST', '/users', '{"id":', 400, undefined],
      ['no object', 'POST', '/users', '[1,2]', 400, undefined],
      ['null', 'POST', '/users', 'null', 400, undefined],
      ['deep nesting', 'POST', '/users', deep, 400, 'email'],
      ['a body too large', 'POST', '/users', JSON.stringify({ id: UUID, email: 'x'.repeat(70_000) }), 413, undefined],
      ['no id', 'POST', '/users', { email: 'a@domain.com' }, 400, 'id'],
      ['an id that is no UUID', 'POST', '/users', { id: '1', email: 'a@domain.com' }, 400, 'id'],
      ['an id that is a number', 'POST', '/users', { id: 1, email: 'a@domain.com' }, 400, 'id'],
      ['no e-mail', 'POST', '/users', { id: UUID }, 400, 'email'],
      ['an invalid e-mail', 'POST', '/users', { id: UUID, email: 'a@' }, 400, 'email'],
      ['an e-mail that is an object', 'POST', '/users', { id: UUID, email: { $gt: '' } }, 400, 'email'],
      ['an e-mail that is too long', 'POST', '/users', { id: UUID, email: `${long}@domain.com` }, 400, 'email'],
      ['an id in the path that is no UUID', 'PUT', '/users/1', { firstName: 'A', lastName: 'B' }, 400, 'id'],
      ['no first name', 'PUT', `/users/${UUID}`, { lastName: 'B' }, 400, 'firstName'],
      ['an empty last name', 'PUT', `/users/${UUID}`, { firstName: 'A', lastName: '' }, 400, 'lastName'],
      ['a name with digits', 'PUT', `/users/${UUID}`, { firstName: 'R2', lastName: 'D' }, 400, 'firstName'],
      ['a name that is too long', 'PUT', `/users/${UUID}`, { firstName: long, lastName: 'B' }, 400, 'firstName'],
      ['a name that is a list', 'PUT', `/users/${UUID}`, { firstName: ['A'], lastName: 'B' }, 400, 'firstName'],
      ['an unknown user', 'PUT', `/users/${UUID}`, { firstName: 'A', lastName: 'B' }, 404, undefined],
      ['an unknown user', 'PUT', `/users/${UUID}/disable`, 'ignored, {', 404, undefined],
      ['an id that is no UUID', 'PUT', '/users/x/disable', undefined, 400, 'id'],
      ['no role', 'POST', `/users/${UUID}/roles`, {}, 400, 'roleId'],
      ['a role that is no UUID', 'POST', `/users/${UUID}/roles`, { roleId: 'admin' }, 400, 'roleId'],
      ['an unknown user', 'POST', `/users/${UUID}/roles`, { roleId: UUID }, 404, undefined],
      ['a role that is no UUID', 'DELETE', `/users/${UUID}/roles/admin`, undefined, 400, 'roleId'],
      ['an unknown user', 'DELETE', `/users/${UUID}/roles/${UUID}`, undefined, 404, undefined],
      ['an id that is no UUID', 'GET', '/users/%00', undefined, 400, 'id'],
      ['an unknown user', 'GET', `/users/${UUID}`, undefined, 404, undefined],
      ['a limit of 0', 'GET', '/users?limit=0', undefined, 400, 'limit'],
      ['a limit of 101', 'GET', '/users?limit=101', undefined, 400, 'limit'],
      ['a limit that is no number', 'GET', '/users?limit=many', undefined, 400, 'limit'],
      ['a cursor that nobody gave', 'GET', '/users?cursor=1', undefined, 400, 'cursor'],
      ['a filter on an unknown property', 'GET', '/users?contains=password:x', undefined, 400, 'contains'],
      ['a filter without a value', 'GET', '/users?contains=email:', undefined, 400, 'contains'],
      ['no role name', 'POST', '/roles', { id: UUID }, 400, 'name'],
      ['a role name with a space', 'POST', '/roles', { id: UUID, name: 'Big Boss' }, 400, 'name'],
      ['a role name that is too long', 'POST', '/roles', { id: UUID, name: 'a'.repeat(31) }, 400, 'name'],
      ['an unknown role', 'PUT', `/roles/${UUID}/disable`, undefined, 404, undefined],
      ['an unknown role', 'GET', `/roles/${UUID}`, undefined, 404, undefined],
      ['a cursor that nobody gave', 'GET', `/roles/${UUID}?cursor=x`, undefined, 400, 'cursor'],
      ['a limit of -1', 'GET', '/roles?limit=-1', undefined, 400, 'limit'],
      ['an unknown route', 'GET', '/nowhere', undefined, 404, undefined],
      ['an unknown method', 'PATCH', `/users/${UUID}`, {}, 404, undefined],
    ];

    it.each(cases)(
      '%s: %s %s answers a problem that says what is wrong',
      async (_, method, path, body, status, property) => {
        const answer = await send(method, path, body);

        expect([answer.status, answer.headers.get('Content-Type')]).toEqual([status, 'application/problem+json']);
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
        expect(answer.json).toMatchObject({
          status,
          code: expect.any(String) as string,
          detail: expect.any(String) as string,
        });
        expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\.ts:/);
        if (property !== undefined) {
          expect((answer.json.errors as { property: string }[]).map((error) => error.property)).toContain(property);
        }
      },
    );

    it('changes nothing', async () => {
      const before = await eventsInTheLog();

      for (const [, method, path, body] of cases) {
        await send(method, path, body);
      }

      expect(await eventsInTheLog()).toBe(before);
    });
  });

  it('answers a browser’s question whether it may call', async () => {
    const { status, headers } = await send('OPTIONS', `/users/${UUID}`);

    expect(status).toBe(200);
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Access-Control-Allow-Headers')).toMatch(/,If-Match,If-None-Match,/);
    expect(headers.get('Access-Control-Allow-Headers')).toMatch(/Idempotency-Key/);
  });

  it('gives the first answer to a command that is sent again with its Idempotency-Key', async () => {
    const [id] = users(1) as [string];
    const headers = { 'Idempotency-Key': randomUUID() };
    const update = (lastName: string) => send('PUT', `/users/${id}`, { firstName: 'Ada', lastName }, headers);

    await send('POST', '/users', { id, email: `${id}@domain.com` });
    expect((await update('King')).json).toEqual({ id, version: 2 });
    await send('PUT', `/users/${id}/disable`);

    expect(await update('King')).toMatchObject({ status: 202, json: { id, version: 2 } });
    expect(await update('Byron')).toMatchObject({ status: 422, json: { code: 'IdempotencyKeyReused' } });
    expect((await send('GET', `/users/${id}?atLeast=3`)).json).toMatchObject({ version: 3, lastName: 'King' });
  });

  it('makes a snapshot of a user who has had many events', async () => {
    const [id] = users(1) as [string];
    const client = DynamoDBDocumentClient.from(dynamodb());

    await send('POST', '/users', { id, email: `${id}@domain.com` });
    for (let version = 2; version <= 21; version++) {
      expect(await send('PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'King' })).toMatchObject({
        json: { version },
      });
    }
    let found: Record<string, unknown> | undefined;
    // There is one of an earlier version first.
    await poll(async () => {
      found = (await client.send(new GetCommand({ TableName: 'snapshots', Key: { id } }))).Item;
      return Number(found?.version) >= 20 || undefined;
    }, SOON);

    client.destroy();
    expect(found).toMatchObject({
      scope: 'org/iam/user',
      state: { email: `${id}@domain.com`, lastName: 'King' },
    });
    expect(found?.version).toBeGreaterThanOrEqual(20);
  });

  describe('given the version that a client has seen', () => {
    it('changes only that, and shows a change to whoever waits for it', async () => {
      const [id] = users(1) as [string];
      const update = (version: string) =>
        send('PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'King' }, { 'If-Match': version });

      await send('POST', '/users', { id, email: `${id}@domain.com` });
      expect((await send('GET', `/users/${id}?atLeast=1`)).headers.get('ETag')).toBe('"1"');
      expect((await update('"1"')).headers.get('ETag')).toBe('"2"');
      expect((await send('GET', `/users/${id}?atLeast=2`)).json).toMatchObject({ version: 2, lastName: 'King' });
      expect(await update('"1"')).toMatchObject({ status: 412, json: { code: 'PreconditionFailed' } });
      expect(await update('W/"2"')).toMatchObject({ status: 412, json: { code: 'PreconditionFailed' } });
      expect(await update('2')).toMatchObject({ status: 400, json: { code: 'MalformedRequest' } });
      expect((await update('"7", "2"')).headers.get('ETag')).toBe('"3"');
    });

    it('does not send again what the client has, and leaves a role without an ETag: its users come and go', async () => {
      const [id, roleId] = users(2) as [string, string];

      await send('POST', '/users', { id, email: `${id}@domain.com` });
      await send('POST', '/roles', { id: roleId, name: letters() });
      await eventually(`/users/${id}`, () => true);
      await eventually(`/roles/${roleId}`, () => true);
      const { status, text, headers } = await send('GET', `/users/${id}`, undefined, { 'If-None-Match': 'W/"1"' });
      const role = await send('GET', `/roles/${roleId}`, undefined, { 'If-None-Match': '*' });

      expect([status, text, headers.get('ETag')]).toEqual([304, '', '"1"']);
      expect(headers.get('X-Correlation-Id')).not.toBeNull();
      expect(await send('GET', `/users/${id}`, undefined, { 'If-None-Match': '"2"' })).toMatchObject({ status: 200 });
      expect([role.status, role.json.version, role.headers.get('ETag')]).toEqual([200, 1, null]);
    });

    it('says that there is no such version, and logs no error', async () => {
      const [id, roleId, nobody] = users(3) as [string, string, string];

      await send('POST', '/users', { id, email: `${id}@domain.com` });
      await send('POST', '/roles', { id: roleId, name: letters() });
      const correlation = { 'X-Correlation-Id': `test-${nobody}` };
      const answers = await Promise.all(
        [
          `/users/${id}?atLeast=2`,
          `/roles/${roleId}?atLeast=2`,
          `/roles/${nobody}?atLeast=1`,
          `/users/${roleId}?atLeast=1`,
        ].map((path) => send('GET', path, undefined, correlation)),
      );

      expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
        [404, 'NoSuchVersion'],
        [404, 'NoSuchVersion'],
        [404, 'NotFound'],
        [404, 'NotFound'],
      ]);
      expect(cloud.lines.filter((line) => line.includes(nobody) && line.includes('"ERROR"'))).toEqual([]);
      expect(await send('GET', `/roles/${nobody}?atLeast=0`)).toMatchObject({ status: 400 });
    });

    it('tells a browser which headers it may read, whoever answers', async () => {
      const exposed = 'ETag,X-Next-Cursor,X-Correlation-Id,Retry-After,WWW-Authenticate';

      for (const path of ['/users?limit=1', `/users/${UUID}`, '/nowhere']) {
        expect((await send('GET', path)).headers.get('Access-Control-Expose-Headers')).toBe(exposed);
      }
    });
  });

  describeSmokeTest(() => cloud);

  describe("given the operator's tools", () => {
    const answerOf = async (line: string) =>
      JSON.parse((await ops(`${line} --json`)).stdout) as Record<string, unknown>;

    it('finds that the projections are what the log makes of them, with nothing left anywhere', async () => {
      expect(await ops('verify')).toMatchObject({
        code: 0,
        stdout: 'The projections are what the event log makes of them.\n(the local cloud)\n',
      });
      const { events, lags, queues } = await answerOf('status');

      expect(events).toBe(await eventsInTheLog());
      expect(lags).toEqual(
        expect.arrayContaining(
          ['UserProjection', 'RoleProjection', 'role-memberships'].map((projection) => ({
            projection,
            aggregates: 0,
            events: 0,
          })),
        ),
      );
      expect(queues).toEqual(
        expect.arrayContaining([
          { name: 'IamRoleQueue', waiting: 0, inFlight: 0, deadLetters: { waiting: 0 } },
          { name: 'IamUserQueue', waiting: 0, inFlight: 0, deadLetters: { waiting: 0 } },
          { name: 'StreamFailures', waiting: 0, inFlight: 0 },
        ]),
      );
    });

    it('brings back a row that was lost, and mends one that is wrong', async () => {
      const [id] = users(1) as [string];
      const documents = DynamoDBDocumentClient.from(dynamodb());
      const TableName = 'projection-user';

      await send('POST', '/users', { id, email: `${id}@domain.com` });
      const row = await eventually(`/users/${id}`, () => true);
      await documents.send(new PutCommand({ TableName, Item: { ...row, email: 'eve@domain.com' } }));

      const { code, stdout } = await ops('verify');
      expect(code).toBe(1);
      expect(stdout).toContain(`UserProjection of the aggregate ${id}`);
      expect(await answerOf(`rebuild --aggregate ${id}`)).toEqual({ removedRows: 1, sentEvents: 1, skipped: [] });
      expect(await eventually(`/users/${id}`, () => true)).toEqual(row);

      await documents.send(new DeleteCommand({ TableName, Key: { id } }));
      expect(await answerOf(`replay --aggregate ${id}`)).toEqual({ sent: 1, skipped: [] });
      expect(await eventually(`/users/${id}`, () => true)).toEqual(row);
      documents.destroy();
    });

    it('shows a dead letter, and redrives it', async () => {
      const [id] = users(1) as [string];
      const { resources, endpoints, region } = cloud.state;
      const sqs = new SQSClient({ endpoint: endpoints.sqs, region, credentials: CREDENTIALS });
      const sample = readFileSync(join(ROOT, 'test/lambda/IamUserQueueProcessor.json'), 'utf8');
      const [record] = (JSON.parse(sample) as SQSEvent).Records;
      const event = { ...(JSON.parse(record!.body) as object), id, eventId: randomUUID() };

      await sqs.send(
        new SendMessageCommand({
          QueueUrl: resources.IamUserDeadLetterQueue!.Ref,
          MessageBody: JSON.stringify(event),
          MessageGroupId: id,
          MessageDeduplicationId: id,
        }),
      );
      sqs.destroy();

      expect((await ops('dlq list')).stdout).toMatch(new RegExp(`IamUserQueue +${id} +1 +org/iam/user/registered`));
      expect((await ops('dlq show')).stdout).toContain('"email": "ada@domain.com"');
      expect(await answerOf(`dlq redrive --aggregate ${id}`)).toMatchObject({
        queues: expect.arrayContaining([
          expect.objectContaining({ queue: 'IamRoleQueue', redriven: 0 }),
          expect.objectContaining({ queue: 'IamUserQueue', redriven: 1, left: 0 }),
        ]) as unknown,
      });
      await eventually(`/users/${id}`, () => true);
      // The log knows nothing of it.
      expect(await answerOf(`rebuild --aggregate ${id}`)).toEqual({ removedRows: 1, sentEvents: 0, skipped: [] });
    });

    it('archives every event of the log as it is', async () => {
      const sql = `SELECT aggregate_id, version, event_name, event_id, correlation_id, causation_id, enrichment, payload,
        strftime(recorded_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS recorded_at FROM events`;
      const archived = await poll(
        async () => {
          const { stdout } = await run('.aws-sam/programs/ops.js', ['archive', 'query', sql, '--json']);
          const rows = JSON.parse(stdout) as Record<string, unknown>[];

          return rows.length === (await eventsInTheLog()) ? rows : undefined;
        },
        { timeoutMilliseconds: 20_000, intervalMilliseconds: 500 },
      );

      expect(
        inOrder(
          archived!.map(({ payload, ...row }) => ({
            ...(payload as object),
            id: row.aggregate_id,
            $version: row.version,
            $name: row.event_name,
            eventId: row.event_id,
            correlationId: row.correlation_id,
            causationId: row.causation_id,
            timestamp: row.recorded_at,
            enrichmentData: row.enrichment,
          })),
        ),
      ).toEqual(await log());

      const { objects, total } = (await answerOf('archive ls')) as { objects: { key: string }[]; total: object };
      expect(total).toMatchObject({ objects: objects.length });
      expect(objects[0]!.key).toMatch(/^events\/date=\d{4}-\d\d-\d\d\/local-ArchiveStream-1-\S+\.ndjson\.gz$/);
    });

    it('given what it cannot do, then says in one line what is wrong, and changes nothing', async () => {
      const wrong = {
        'replay --aggregate 0': 'There is no aggregate 0.',
        'rebuild --aggregate 0': 'There is no aggregate 0.',
        'dlq redrive --aggregate 0': 'There are no dead letters of an aggregate 0: see dlq list.',
        'archive ls --to 2026-02-30': '--to needs a day such as 2026-11-24',
        repair: 'There is no command "repair". Expected one of',
      };

      for (const [line, message] of Object.entries(wrong)) {
        const { code, stdout, stderr } = await ops(line);

        expect([line, code, stdout, stderr]).toEqual([line, 1, '', expect.stringContaining(message)]);
      }
      expect(await ops('verify')).toMatchObject({ code: 0 });
    });
  });

  describe('given the sample event of each function', () => {
    const samples = readdirSync(join(ROOT, 'test/lambda')).map((file) => file.replace('.json', ''));
    // What a sample changes, a later one needs.
    const order = ['CreateRoleController', 'CreateUserController', 'UpdateUserController', 'AddUserRoleController'];
    const last = ['RemoveUserRoleController', 'DisableUserController', 'DisableRoleController'];

    const FOUND = { statusCode: 200 };
    const HANDLED = { batchItemFailures: [] };
    const ALLOWED = {
      policyDocument: expect.objectContaining({ Statement: [expect.objectContaining({ Effect: 'Allow' })] }) as unknown,
    };

    it('runs them all with npm run invoke', async () => {
      const middle = samples.filter((name) => !order.includes(name) && !last.includes(name));
      const invoke = (name: string) => run('local/invoke.ts', [name, '-e', `test/lambda/${name}.json`]);

      for (const name of order) {
        const { code, stdout, stderr } = await invoke(name);

        expect([name, code, (JSON.parse(stdout) as { statusCode: number }).statusCode, stderr]).toEqual([
          name,
          0,
          202,
          expect.anything(),
        ]);
      }
      await eventually('/users/645bb243-73e6-4ffc-b660-67faff66b928', ({ version }) => version === 3);
      await eventually('/roles/145bb243-73e6-4ffc-b660-67faff66b928', () => true);
      for (const name of middle) {
        const { code, stdout } = await invoke(name);
        const expected = name === 'Authorizer' ? ALLOWED : name.endsWith('Controller') ? FOUND : HANDLED;

        expect([name, code, JSON.parse(stdout)]).toEqual([name, 0, expect.objectContaining(expected)]);
      }
      for (const name of last) {
        const { code, stdout } = await invoke(name);

        expect([name, code, (JSON.parse(stdout) as { statusCode: number }).statusCode]).toEqual([name, 0, 202]);
      }
    });
  });

  describeStrangeEvents(() => cloud, ops);

  describeRandomRequests(() => cloud);

  describe('given all that the tests before made its functions ask for, and what is rarer', () => {
    const findings = (template: Template, stage: string) => {
      const ids = new Map(Object.entries(cloud.state.resources).map(([id, { Ref }]) => [Ref, id]));

      return permissionFindings(template, stage, recorder.accesses(), (resource) => ids.get(resource) ?? resource);
    };
    const built = () => readTemplate(join(ROOT, '.aws-sam/build/template.yaml'));

    it('accepts each command a second time by its Idempotency-Key', async () => {
      const [id, roleId] = users(2) as [string, string];
      const commands: [string, string, unknown?][] = [
        ['POST', '/users', { id, email: `${id}@domain.com` }],
        ['POST', '/roles', { id: roleId, name: letters() }],
        ['PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'King' }],
        ['POST', `/users/${id}/roles`, { roleId }],
        ['DELETE', `/users/${id}/roles/${roleId}`],
        ['PUT', `/users/${id}/disable`],
        ['PUT', `/roles/${roleId}/disable`],
      ];

      for (const [method, path, body] of commands) {
        const headers = { 'Idempotency-Key': randomUUID() };
        const { status, text } = await send(method, path, body, headers);

        expect(status).toBe(202);
        expect(await send(method, path, body, headers)).toMatchObject({ status, text });
      }
    });

    // What the functions of an aggregate that is created by an id and a name do seldom: a line for each such aggregate type.
    it.each([['/roles', 'projection-roles']])(
      '%s refuses an id that is taken, knows no version that is not there, and makes a lost row of %s again',
      async (path, TableName) => {
        const [id] = users(1) as [string];
        const client = dynamodb();
        const name = letters();

        await send('POST', path, { id, name });
        expect(await send('POST', path, { id, name: letters() })).toMatchObject({ status: 409 });
        expect((await send('GET', `${path}/${id}?atLeast=2`)).json).toMatchObject({ code: 'NoSuchVersion' });

        await eventually(`${path}/${id}`, () => true);
        await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));
        client.destroy();
        await send('PUT', `${path}/${id}/disable`);

        expect(await eventually(`${path}/${id}`, () => true)).toMatchObject({ name, disabled: true, version: 2 });
      },
    );

    // AWS feeds functions by other permissions where there is a fan-out consumer.
    it.each(['dev', 'prod'])('grants each function of %s what it asks for, and nothing else', (stage) => {
      expect(findings(built(), stage)).toEqual({ missing: [], unused: [] });
    });

    it('notices when any statement of any policy is taken away', () => {
      const mutants = templatesWithoutAStatement(built());
      const unnoticed = mutants.filter(({ template }) => findings(template, 'prod').missing.length === 0);

      expect(mutants.length).toBeGreaterThan(15);
      expect(unnoticed.map(({ change }) => change)).toEqual([
        expect.stringMatching(/^FunctionBasics .*logs:PutLogEvents/), // what no test sees
        expect.stringMatching(/^FunctionBasics .*xray:PutTraceSegments/),
      ]);
    });

    it('notices when a function may write to the table of another', () => {
      const statement = {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: { 'Fn::GetAtt': ['EventLog', 'Arn'] },
      };
      const template = withStatement(built(), 'GetUserRole', statement);

      expect(findings(template, 'dev').unused).toContain(
        'GetUserRole grants dynamodb:PutItem on EventLog, which GetUserController never asked for: ' +
          'take it out of GetUserRole in template.yaml, test what needs it, or give GetUserController another role.',
      );
    });
  });

  it('ends at a Ctrl-C, with nothing left behind', async () => {
    expect(await cloud.stop('SIGINT')).toBe(0);

    expect(existsSync(cloud.stateFile)).toBe(false);
    await expect(fetch(cloud.url)).rejects.toThrow('fetch failed');
  });
});

// After it, since both build in this folder.
describeClosedApi();
