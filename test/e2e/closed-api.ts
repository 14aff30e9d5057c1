import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

import { CREDENTIALS } from '../../local/aws-environment.ts';
import { poll } from '../../local/poll.ts';
import { readTemplate } from '../../local/template/template.ts';
import type { Event } from '../../src/event-store/events/event';
import { ROOT, run, RunningLocalCloud } from '../support/local-cloud';
import { describeOwnSettings, OwnSettings } from './own-settings';
import { passesPostmanCollection } from '../support/postman-collection';

interface Route {
  readonly method: string;
  readonly path: string;
}

const SOON = { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 };

/** Every route of the template, with made-up ids in its path. */
function routes(): Route[] {
  const functions = [...readTemplate(join(ROOT, 'template.yaml')).resources.values()];
  const events = functions.flatMap(({ properties }) =>
    Object.values((properties.Events ?? {}) as Record<string, { Type: string; Properties: Record<string, string> }>),
  );

  return events
    .filter(({ Type }) => Type === 'Api')
    .map(({ Properties: { Method, Path } }) => ({ method: Method!, path: Path!.replaceAll(/\{\w+\}/g, randomUUID()) }));
}

/** What `npm start -- --auth` runs, in the shell of a developer who works with AWS otherwise. */
export function describeClosedApi(): void {
  describe('The API, closed by --auth', () => {
    const own = new OwnSettings();
    let cloud: RunningLocalCloud;
    let issuer: string;

    beforeAll(async () => {
      cloud = await RunningLocalCloud.start({}, own.variables, ['--auth']);
      issuer = /^curl (\S+)\/token /m.exec(cloud.output())?.[1] ?? '';
    });

    afterAll(async () => {
      await (cloud as RunningLocalCloud | undefined)?.stop();
      own.remove();
    });

    async function tokenFor(username: string, scope: string): Promise<string> {
      const body = new URLSearchParams({ grant_type: 'password', username, scope });
      const response = await fetch(`${issuer}/token`, { method: 'POST', body });

      return ((await response.json()) as { access_token: string }).access_token;
    }

    async function send({ method, path }: Route, token?: string, headers = {}, body?: object) {
      const response = await fetch(cloud.url + path, {
        method,
        headers: { ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...headers },
        ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      });

      return {
        status: response.status,
        headers: response.headers,
        json: (await response.json()) as Record<string, unknown>,
      };
    }

    const register = (id: string, token: string, headers = {}, email = `${id}@domain.com`) =>
      send({ method: 'POST', path: '/users' }, token, headers, { id, email });

    async function eventsOf(id: string): Promise<Event[]> {
      const { endpoints, region } = cloud.state;
      const client = DynamoDBDocumentClient.from(
        new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials: CREDENTIALS }),
      );
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: 'EventLog',
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': id },
        }),
      );

      client.destroy();
      return Items.map(({ event }) => event as Event);
    }

    it.each(routes())('answers $method $path without a token, or with any other text, by 401', async (route) => {
      for (const token of [undefined, 'text', await tokenFor('ada', 'iam:read iam:write').then((own) => `${own}x`)]) {
        const { status, headers, json } = await send(route, token, { 'X-Actor': 'ada' });

        expect([status, headers.get('WWW-Authenticate'), headers.get('Content-Type')]).toEqual([
          401,
          'Bearer',
          'application/problem+json',
        ]);
        expect(json).toMatchObject({ status: 401, code: 'Unauthorized' });
      }
    });

    it.each(routes())('answers $method $path with the other scope by 403', async (route) => {
      const scope = route.method === 'GET' ? 'iam:write' : 'iam:read';
      const { status, json } = await send(route, await tokenFor('ada', scope));

      expect(status).toBe(403);
      expect(json).toMatchObject({ status: 403, code: 'Forbidden' });
    });

    it('passes every test of the Postman collection with the token that it prints', async () => {
      const token = /^export TOKEN=(\S+)$/m.exec(cloud.output())?.[1] ?? '';

      await passesPostmanCollection({ 'base-url': cloud.url, token });
    });

    it('answers a browser, which sends no token with its question whether it may call', async () => {
      await expect(fetch(`${cloud.url}/users`, { method: 'OPTIONS' })).resolves.toMatchObject({ status: 200 });
    });

    it('writes who gave a command into its events and its log lines, whatever a header says', async () => {
      const id = randomUUID();
      const ada = await tokenFor('ada', 'iam:write');
      const headers = { 'X-Actor': 'eve', 'X-Correlation-Id': `closed-${id}` };

      expect(await register(id, ada, headers)).toMatchObject({ status: 202 });
      expect(await eventsOf(id)).toMatchObject([{ $name: 'org/iam/user/registered', metadata: { actor: 'ada' } }]);

      const lines = await poll(() => {
        const own = cloud.lines.filter((line) => line.includes(`"closed-${id}"`));

        return Promise.resolve(own.some((line) => line.includes('"Event handled."')) ? own : undefined);
      }, SOON);

      expect(lines!.length).toBeGreaterThan(1);
      for (const line of lines!) {
        expect(JSON.parse(line)).toMatchObject({ actor: 'ada' });
      }
    });

    it('passes the smoke test with a token that it gets from the issuer', async () => {
      const form = 'grant_type=client_credentials&client_id=smoke&client_secret=any&scope=iam:read%20iam:write';
      const smoke = (url: string) =>
        run('test/smoke/main.mts', ['--url', cloud.url], { SMOKE_TOKEN_URL: url, SMOKE_TOKEN_FORM: form });

      expect(await smoke(`${issuer}/token`)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^ok {4}a request without a token is refused: 401 /) as string,
      });
      expect(await smoke(`${issuer}/jwks`)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^FAIL {2}the issuer gives a token: expected one from \S+\/jwks, got /) as string,
      });
    });

    it('keeps the Idempotency-Keys of two callers apart', async () => {
      const [first, second] = [randomUUID(), randomUUID()];
      const [ada, eve] = [await tokenFor('ada', 'iam:write'), await tokenFor('eve', 'iam:write')];
      const key = { 'Idempotency-Key': randomUUID() };

      expect(await register(first, ada, key)).toMatchObject({ status: 202, json: { id: first } });
      expect(await register(second, eve, key)).toMatchObject({ status: 202, json: { id: second } });
      expect(await register(second, ada, key)).toMatchObject({ status: 422, json: { code: 'IdempotencyKeyReused' } });
      expect(await register(first, ada, key)).toMatchObject({ status: 202, json: { id: first } });
    });

    describeOwnSettings(own, () => cloud);

    it('ends at a Ctrl-C, its issuer too', async () => {
      await expect(fetch(`${issuer}/jwks`)).resolves.toMatchObject({ status: 200 });
      expect(await cloud.stop()).toBe(0);
      await expect(fetch(`${issuer}/jwks`)).rejects.toThrow('fetch failed');
    });
  });
}
