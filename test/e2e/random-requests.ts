import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import * as fc from 'fast-check';

import { poll } from '../../local/poll.ts';
import { readTemplate } from '../../local/template/template.ts';
import { ROOT, type RunningLocalCloud } from '../support/local-cloud';

/** A few of each kind; `REQUESTS=10000 npm run test:e2e` sends more. */
const COUNT = Number(process.env.REQUESTS ?? 200);
const AT_ONCE = 2;
/** Of the requests, so that each run sends the same. */
const SEED = 20_261_125;
const SOON = { timeoutMilliseconds: 2_000, intervalMilliseconds: 20 };

interface RandomRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const ids = Array.from({ length: 5 }, () => randomUUID());
const strange = fc.constantFrom('\uffff', '\u0001', '\ud83d', '\u{1f600}', '\u0000', '\u202e', 'é', 'e\u0301');
const word = fc.oneof(
  fc.constantFrom(...ids),
  fc.constantFrom('Ada', 'ada@domain.com', '', ' ', '*', '"1"', '-1', '1e999', '%', '../..', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.string({ maxLength: 10 }), strange).map((parts) => parts.join('')),
);
const value = fc.oneof(word, fc.double(), fc.bigInt().map(Number), fc.jsonValue({ maxDepth: 3 }));
const property = fc.constantFrom('id', 'email', 'firstName', 'lastName', 'name', 'roleId', '__proto__', 'limit');
const json = fc.array(fc.tuple(property, value), { maxLength: 5 }).map((entries) => {
  const own = entries.map(([name, own]) => `${JSON.stringify(name)}:${JSON.stringify(own)}`);

  return `{${own.join()}}`;
});
const body = fc.oneof(
  { weight: 4, arbitrary: json },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.uint8Array({ maxLength: 60 }),
  json.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  fc.constantFrom('', 'null', '1e999', '{"id":1e999}', '['.repeat(5_000), `{"email":"${'x'.repeat(70_000)}"}`),
);
const query = fc.oneof(
  fc.constant(''),
  fc
    .array(fc.tuple(fc.constantFrom('limit', 'cursor', 'contains', 'atLeast', 'x'), word), { maxLength: 3 })
    .map((entries) => `?${entries.map(([name, text]) => `${name}=${encoded(text)}`).join('&')}`),
  fc.constantFrom(
    '?',
    '?%',
    '?limit',
    '?limit=1&limit=2',
    '?contains=%ff',
    '?atLeast=1',
    '?atLeast=99999999999999999999',
  ),
);
const header = fc.oneof(
  fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', '"', 'null', ',', 'x'.repeat(3_000)),
  fc.string({ unit: fc.constantFrom(...'abc"*,;/ =\u00e9\u00ff'), maxLength: 20 }),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'if-match',
    'if-none-match',
    'idempotency-key',
    'x-correlation-id',
    'content-type',
    'authorization',
    'accept',
  ),
  header,
  { maxKeys: 3 },
);

function requests(): fc.Arbitrary<RandomRequest> {
  const paths = [...readTemplate(join(ROOT, 'template.yaml')).resources.values()]
    .flatMap(({ properties }) =>
      Object.values((properties.Events ?? {}) as Record<string, { Properties: { Path?: string } }>),
    )
    .flatMap(({ Properties }) => Properties.Path ?? []);
  const route = fc
    .tuple(fc.constantFrom(...paths, '/nowhere', '/users/'), fc.array(word, { minLength: 2, maxLength: 2 }))
    .map(([path, [first = '', second = '']]) =>
      path.replace(/\{\w+\}/, () => encoded(first)).replace(/\{\w+\}/, () => encoded(second)),
    );

  return fc.record({
    method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'),
    path: fc.tuple(route, query).map((parts) => parts.join('')),
    headers,
    body,
  });
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Whatever a client sends is its own mistake, and nobody else waits for it. */
export function describeRandomRequests(cloudOf: () => RunningLocalCloud): void {
  describe(`given ${COUNT} random requests`, () => {
    it('answers none with a 5xx, logs no error, and serves the next client at once', async () => {
      const waiting = fc.sample(requests(), { seed: SEED, numRuns: COUNT });
      const before = cloudOf().lines.length;
      const wrong: string[] = [];

      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let next = waiting.pop(); next; next = waiting.pop()) {
            const { status, answer } = await send(cloudOf().url, next);

            if (status >= 500) wrong.push(`${next.method} ${next.path} ${JSON.stringify(next.headers)}: ${answer}`);
          }
        }),
      );

      expect(wrong).toEqual([]);
      expect(
        cloudOf()
          .lines.slice(before)
          .filter((line) => line.includes('"ERROR"')),
      ).toEqual([]);
      await isServed(cloudOf().url);
    }, 300_000);
  });
}

async function send(url: string, { method, path, headers, body }: RandomRequest) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; answer: string }>();
  const sent = request(`${url}${path}`, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });

  sent.on('error', reject);
  sent.on('response', (response) => {
    text(response).then((answer) => {
      resolve({ status: response.statusCode ?? 0, answer });
    }, reject);
  });
  sent.end(body);
  return promise;
}

/** Somebody's command and its effect. */
async function isServed(url: string): Promise<void> {
  const id = randomUUID();
  const body = JSON.stringify({ id, email: `${id}@domain.com` });

  expect(await fetch(`${url}/users`, { method: 'POST', body })).toMatchObject({ status: 202 });
  expect(await poll(async () => (await fetch(`${url}/users/${id}`)).ok || undefined, SOON)).toBe(true);
}
