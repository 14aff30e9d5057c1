import { randomUUID } from 'node:crypto';
import { deepStrictEqual, strictEqual } from 'node:assert/strict';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

import { poll } from '../../local/poll.ts';
import { CREDENTIALS, REGION } from './ministack.mts';
import { DeployTestError } from './workplace.mts';

const SOON = { timeoutMilliseconds: 20_000, intervalMilliseconds: 200 };
/** More than the events between two snapshots, and the version that there has to be one of. */
const MANY_EVENTS = 12;
const SNAPSHOT_VERSION = 10;

/** Sends each kind of command twice with one key, which every function's role must let it remember and find again. */
export async function repeatCommands(baseUrl: string): Promise<void> {
  const [user, role] = [randomUUID(), randomUUID()];
  const name = `Role${role.replaceAll(/[^a-z]/g, '')}`.slice(0, 30);
  const commands: [string, string, object][] = [
    ['POST', '/roles', { id: role, name }],
    ['POST', '/users', { id: user, email: `${user}@domain.com` }],
    ['PUT', `/users/${user}`, { firstName: 'Ada', lastName: 'Lovelace' }],
    ['POST', `/users/${user}/roles`, { roleId: role }],
    ['DELETE', `/users/${user}/roles/${role}`, {}],
    ['PUT', `/users/${user}/disable`, {}],
    ['PUT', `/roles/${role}/disable`, {}],
  ];

  for (const [method, path, body] of commands) {
    const key = randomUUID();
    const first = await send(method, baseUrl + path, body, key);
    const second = await send(method, baseUrl + path, body, key);

    strictEqual(first.status, 202, `${method} ${path}: ${first.text}`);
    deepStrictEqual(second, first, `${method} ${path} with the same Idempotency-Key`);
  }
}

/** Gives a user many events, and waits for the snapshot that is made of them. */
export async function awaitSnapshot(baseUrl: string, endpoint: string, table: string): Promise<void> {
  const id = randomUUID();
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });

  await send('POST', `${baseUrl}/users`, { id, email: `${id}@domain.com` });
  for (let version = 2; version <= MANY_EVENTS; version++) {
    await send('PUT', `${baseUrl}/users/${id}`, { firstName: 'Ada', lastName: 'King' });
  }
  let version: number | undefined;
  const isThere = await poll(async () => {
    const { Item } = await DynamoDBDocumentClient.from(client).send(new GetCommand({ TableName: table, Key: { id } }));

    version = Item?.version as number | undefined;
    return Number(version) >= SNAPSHOT_VERSION || undefined;
  }, SOON);

  client.destroy();
  if (!isThere) {
    throw new DeployTestError(
      `Expected a snapshot of ${id} in ${table} of version ${SNAPSHOT_VERSION} or later after ${MANY_EVENTS} events, ` +
        `got ${version === undefined ? 'none' : `one of version ${version}`}.`,
    );
  }
}

/** Asks without a token and with one that nobody signed; neither may be answered. */
export async function requireToken(baseUrl: string): Promise<void> {
  for (const headers of [{}, { Authorization: 'Bearer nobody.signed.this' }]) {
    const { status } = await fetch(`${baseUrl}/users`, { headers });

    strictEqual(status, 401, `GET /users with the headers ${JSON.stringify(headers)}`);
  }
}

async function send(method: string, url: string, body: object, key?: string) {
  const response = await fetch(url, {
    method,
    body: JSON.stringify(body),
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });

  return { status: response.status, text: await response.text() };
}
