import type { APIGatewayProxyEvent } from 'aws-lambda';
import { IsUUID, Length } from 'class-validator';
import * as fc from 'fast-check';

import { apiEvent, REQUEST_ID } from '../../../test/support/api-event';
import { ConcurrencyError } from '../../event-store/errors/concurrency.error';
import { UnknownEventError } from '../../event-store/errors/unknown-event.error';
import { NotYetError } from '../../event-store/errors/not-yet.error';
import { ThrottledError } from '../../event-store/errors/throttled.error';
import { ConfigurationError } from '../../shared-kernel/errors/configuration.error';
import { OutOfTimeError } from '../../shared-kernel/errors/out-of-time.error';
import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { logger } from '../logging/logger';
import { accepted, found, type HttpAnswer, page } from './answer';
import { queryController, type QueryRoute } from './query-controller';
import { body, path, query } from './request';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';
const OTHER_ID = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';

class ThingDto {
  @IsUUID() id!: string;
  @Length(1, 10) name!: string;
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: unknown;
}

describe('queryController', () => {
  const act = jest.fn<Promise<HttpAnswer>, Parameters<QueryRoute<ThingDto>['answer']>>();
  const handler = queryController({ dto: ThingDto, from: [query, body, path], answer: act });

  beforeEach(() => {
    act.mockReset().mockImplementation(({ id }) => Promise.resolve(accepted({ id, version: 3 })));
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  function post(json: unknown, parts: Partial<APIGatewayProxyEvent> = {}) {
    return handler(apiEvent({ body: JSON.stringify(json), ...parts }));
  }

  async function refusalOf(parts: Partial<APIGatewayProxyEvent>) {
    const { statusCode, headers, body: text } = await handler(apiEvent(parts));
    const problem = JSON.parse(text) as Problem;

    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json' });
    expect(problem.status).toBe(statusCode);
    expect(act).not.toHaveBeenCalled();
    return problem;
  }

  async function failWith(error: unknown) {
    act.mockRejectedValue(error);
    const { statusCode, headers, body: text } = await post({ id: ID, name: 'Thing' });

    return { statusCode, headers, text, problem: JSON.parse(text) as Problem };
  }

  describe('given a valid request', () => {
    it('when the command is accepted, then answers its id and version, and the version as ETag', async () => {
      const answer = await post({ id: ID, name: 'Thing' });

      expect(answer).toEqual({
        statusCode: 202,
        headers: {
          'Content-Type': 'application/json',
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Expose-Headers': 'ETag,X-Next-Cursor,X-Correlation-Id,Retry-After,WWW-Authenticate',
          'X-Correlation-Id': REQUEST_ID,
          ETag: '"3"',
        },
        body: JSON.stringify({ id: ID, version: 3 }),
      });
    });

    it('when it answers, then has the values as the DTO', async () => {
      await post({ id: ID, name: 'Thing' });

      expect(act.mock.calls).toEqual([[{ id: ID, name: 'Thing' }, Infinity]]);
      expect(act.mock.lastCall?.[0]).toBeInstanceOf(ThingDto);
    });

    it('when it answers a page, then tells beside the body where the next starts', async () => {
      act.mockResolvedValue(page([{ id: ID }], { nextCursor: ID }));

      const { statusCode, headers, body: text } = await post({ id: ID, name: 'Thing' });

      expect([statusCode, JSON.parse(text)]).toEqual([200, [{ id: ID }]]);
      expect(headers).toHaveProperty('X-Next-Cursor', ID);
    });

    it('when it answers the last page, then tells no cursor', async () => {
      act.mockResolvedValue(page([], { nextCursor: undefined }));

      const { headers } = await post({ id: ID, name: 'Thing' });

      expect(headers).not.toHaveProperty('X-Next-Cursor');
    });

    it('when it answers what it found, then its version as ETag', async () => {
      act.mockResolvedValue(found({ id: ID }, { version: 3 }));

      const { statusCode, headers, body: text } = await post({ id: ID, name: 'Thing' });

      expect([statusCode, JSON.parse(text)]).toEqual([200, { id: ID }]);
      expect(headers).toHaveProperty('ETag', '"3"');
    });

    it('when the path names the id, then the body cannot name another', async () => {
      await post({ id: OTHER_ID, name: 'Thing' }, { pathParameters: { id: ID } });

      expect(act.mock.lastCall?.[0]).toEqual({ id: ID, name: 'Thing' });
    });

    it('when the body comes in base64, as binary media types do, then reads it', async () => {
      const json = JSON.stringify({ id: ID, name: 'Größe' });

      const { statusCode } = await handler(
        apiEvent({ body: Buffer.from(json).toString('base64'), isBase64Encoded: true }),
      );

      expect(statusCode).toBe(202);
      expect(act.mock.lastCall?.[0]).toMatchObject({ name: 'Größe' });
    });

    it('when it has more properties than the route takes, then they make no difference', async () => {
      const { statusCode, body: text } = await post({ id: ID, name: 'Thing', admin: true, toString: 1, then: 'x' });

      expect([statusCode, text]).toEqual([202, JSON.stringify({ id: ID, version: 3 })]);
    });

    it.each(['{"name":"Thing"}', 'null', '"text"'])(
      'when the body has a __proto__ that is %s, then nothing is inherited from it',
      async (prototype) => {
        const { statusCode } = await handler(
          apiEvent({ body: `{"__proto__":${prototype},"id":"${ID}","name":"Other"}` }),
        );

        expect(statusCode).toBe(202);
        expect(Object.getPrototypeOf(act.mock.lastCall?.[0])).toBe(ThingDto.prototype);
        expect({}).not.toHaveProperty('name');
      },
    );
  });

  describe('given conditions', () => {
    const ask = async (headers: APIGatewayProxyEvent['headers'], answer = found({ id: ID }, { version: 3 })) => {
      act.mockResolvedValue(answer);
      return post({ id: ID, name: 'Thing' }, { httpMethod: 'GET', headers });
    };

    it.each(['"3"', 'W/"3"', '"2", "3"', '*'])(
      'when If-None-Match is %s and the version 3, then answers 304 with its headers and nothing else',
      async (tags) => {
        const answer = await ask({ 'If-None-Match': tags });

        expect(answer).toMatchObject({
          statusCode: 304,
          headers: { ETag: '"3"', 'Access-Control-Allow-Origin': '*', 'X-Correlation-Id': REQUEST_ID },
          body: '',
        });
      },
    );

    it.each([{ 'If-None-Match': '"2"' }, { 'If-Match': '"3"' }, { 'If-Match': '*', 'If-None-Match': '"x"' }])(
      'when it is at the version 3, and they are %j, then answers it',
      async (headers) => {
        expect(await ask(headers)).toMatchObject({ statusCode: 200, body: JSON.stringify({ id: ID }) });
      },
    );

    it.each([{ 'If-Match': '"2"' }, { 'If-Match': 'W/"3"' }, { 'If-Match': '"2"', 'If-None-Match': '"3"' }])(
      'when it is at the version 3, and they are %j, then If-Match comes first: 412',
      async (headers) => {
        expect(await ask(headers)).toMatchObject({ statusCode: 412 });
      },
    );

    it('when they are not of their form, then answers 400', async () => {
      expect(await ask({ 'If-None-Match': '3' })).toMatchObject({ statusCode: 400 });
    });

    it.each(['"3"', '*', '3'])(
      'when the answer has no version, then If-None-Match: %s changes nothing',
      async (tags) => {
        const answer = await ask({ 'If-None-Match': tags, 'If-Match': '"2"' }, found({ id: ID, version: 3 }, {}));

        expect(answer).toMatchObject({ statusCode: 200, body: JSON.stringify({ id: ID, version: 3 }) });
        expect(answer.headers).not.toHaveProperty('ETag');
      },
    );

    it('when they are anything at all, then answers no 5xx', async () => {
      const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[*W/"3, \t]{0,9}$/));

      await fc.assert(
        fc.asyncProperty(text, text, async (ifMatch, ifNoneMatch) => {
          const { statusCode } = await ask({ 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch });

          expect([200, 304, 400, 412]).toContain(statusCode);
        }),
      );
    });
  });

  describe('given a body that cannot be read', () => {
    it.each([null, '', '{"id":', "{'id': 1}"])('when it is %j, then answers 400', async (text) => {
      const { status, code, detail } = await refusalOf({ body: text });

      expect([status, code]).toEqual([400, 'MalformedRequest']);
      expect(detail).toMatch(/^Expected a JSON object as the body: /);
    });

    it.each(['[{"id":1}]', 'null', '"text"', '5'])(
      'when it is the JSON value %s and no object, then answers 400',
      async (text) => {
        expect(await refusalOf({ body: text })).toMatchObject({
          status: 400,
          code: 'MalformedRequest',
          detail: 'Expected a JSON object as the body, and got another JSON value.',
        });
      },
    );

    it('when it is of 64 KiB, then reads it; of one byte more, then answers 413', async () => {
      const json = JSON.stringify({ id: ID, name: 'Größe' });
      const padding = ' '.repeat(64 * 1024 - Buffer.byteLength(json));

      expect(await handler(apiEvent({ body: json + padding }))).toMatchObject({ statusCode: 202 });
      act.mockClear();
      expect(await refusalOf({ body: `${json}${padding} ` })).toMatchObject({
        status: 413,
        code: 'PayloadTooLarge',
        detail: 'Expected a body of at most 65536 bytes, and got 65537.',
      });
    });

    it('when it is nested tens of thousands of levels deep, then answers 400', async () => {
      const deep = '['.repeat(30_000) + ']'.repeat(30_000);

      expect(await refusalOf({ body: deep })).toMatchObject({ status: 400, code: 'MalformedRequest' });
      expect(await refusalOf({ body: '{"a":'.repeat(12_000) })).toMatchObject({ status: 400 });
      expect(await refusalOf({ body: `{"id":"${ID}","name":${deep}}` })).toMatchObject({
        status: 400,
        code: 'ValidationFailed',
      });
    });
  });

  describe('given values that no command takes', () => {
    it('when several are wrong, then names each property and each constraint that it breaks', async () => {
      expect(await refusalOf({ body: JSON.stringify({ id: 'thing', name: 'a longer name' }) })).toEqual({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        code: 'ValidationFailed',
        detail: 'id must be a UUID; name must be shorter than or equal to 10 characters',
        errors: [
          { property: 'id', constraints: { isUuid: 'id must be a UUID' } },
          { property: 'name', constraints: { isLength: 'name must be shorter than or equal to 10 characters' } },
        ],
      });
    });

    it.each([
      ['missing', undefined],
      ['null', null],
      ['a number', 5],
      ['an array', ['Thing']],
      ['an object', { length: 3 }],
    ])('when a value is %s, then answers 400', async (_, name) => {
      expect(await refusalOf({ body: JSON.stringify({ id: ID, name }) })).toMatchObject({
        status: 400,
        code: 'ValidationFailed',
        errors: [{ property: 'name' }],
      });
    });

    it('when the body is any JSON at all, then answers 202 or 400', async () => {
      const anyBody = fc.record({ id: fc.constant(ID), name: fc.jsonValue() }).map((json) => JSON.stringify(json));

      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), anyBody), async (text) => {
          const { statusCode } = await handler(apiEvent({ body: text }));

          expect([202, 400]).toContain(statusCode);
        }),
        { numRuns: 150, seed: 20_260_101 },
      );
    });
  });

  describe('given a request that is refused', () => {
    it.each([
      [404, new NotFoundError('Thing', ID), `There is no Thing ${ID}.`],
      [409, new ConcurrencyError('Changed meanwhile.'), 'Changed meanwhile.'],
    ])('when for a reason of %i, then tells it by its code', async (status, error, detail) => {
      const { statusCode, problem } = await failWith(error);

      expect(statusCode).toBe(status);
      expect(problem).toMatchObject({ status, code: error.code, detail });
    });

    it('when for its load, then says when to come again', async () => {
      const { statusCode, headers } = await failWith(new ThrottledError('Later.'));

      expect(statusCode).toBe(429);
      expect(headers).toMatchObject({ 'Retry-After': '1', 'X-Correlation-Id': REQUEST_ID });
    });

    it.each([
      ['an error that is not ours', new TypeError('table secret-table has no key')],
      ['an error that the caller cannot act on', new ConfigurationError('secret-table is not set')],
      ['something that is no error', 'secret-table'],
    ])('when with %s, then answers 500 and keeps the inside to itself', async (_, error) => {
      const { statusCode, headers, text, problem } = await failWith(error);

      expect(statusCode).toBe(500);
      expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Access-Control-Allow-Origin': '*' });
      expect(problem).toEqual({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        code: 'InternalError',
        detail: 'Something went wrong on our side. Try again later.',
      });
      expect(text).not.toMatch(/secret|TypeError|ConfigurationError|\.ts/);
    });

    it('when for what passes by itself, then says when to come again, and logs no error', async () => {
      const log = jest.spyOn(logger, 'error');
      const { statusCode, headers } = await failWith(new NotYetError('Later.'));

      expect([statusCode, headers?.['Retry-After']]).toEqual([503, '1']);
      expect(log).not.toHaveBeenCalled();
    });

    it('when for want of a release, then says so in the log, and nothing of it to the client', async () => {
      const log = jest.spyOn(logger, 'warn');
      const { statusCode, text } = await failWith(new UnknownEventError('Expected a released event.'));

      expect([statusCode, text]).toEqual([503, expect.not.stringContaining('released event')]);
      expect(log.mock.calls).toEqual([
        ['Another release is needed.', { correlationId: REQUEST_ID, reason: 'Expected a released event.' }],
      ]);
    });

    it('when because it takes too long, then is answered in time, is told when that is, and somebody has to look', async () => {
      const log = jest.spyOn(logger, 'error');
      const start = Date.now();

      act.mockImplementationOnce(() => new Promise(() => undefined));
      const { statusCode, headers, body } = await handler(
        apiEvent({ body: JSON.stringify({ id: ID, name: 'Thing' }) }),
        {
          getRemainingTimeInMillis: () => 1_000,
        },
      );

      expect(Date.now() - start).toBeLessThan(1_000);
      expect(act.mock.lastCall?.[1]).toBeLessThan(start + 1_000);
      expect([statusCode, headers?.['Retry-After'], (JSON.parse(body) as { code: string }).code]).toEqual([
        504,
        '1',
        'Timeout',
      ]);
      expect(log.mock.calls).toEqual([
        ['Request failed.', { correlationId: REQUEST_ID, error: expect.any(OutOfTimeError) as unknown }],
      ]);
    });

    it('when with an error that is not ours, then logs it whole, under the correlation id', async () => {
      const error = new TypeError('table secret-table has no key');
      const log = jest.spyOn(logger, 'error');

      await failWith(error);

      expect(log.mock.calls).toEqual([['Request failed.', { correlationId: REQUEST_ID, error }]]);
    });
  });

  describe('given any request', () => {
    it.each([
      [202, undefined, { id: ID, name: 'Thing' }],
      [400, 'ValidationFailed', { id: ID }],
    ])(
      'when answered with %i, then logs the route, the status and the code, and nothing of the values',
      async (status, code, json) => {
        const log = jest.spyOn(logger, 'info');

        await post(json);

        expect(log.mock.lastCall).toEqual([
          'Request answered.',
          { correlationId: REQUEST_ID, route: 'POST /things', status, code },
        ]);
      },
    );
  });
});
