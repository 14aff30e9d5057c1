import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ApiGateway } from './api-gateway.ts';
import { API, apiFixture, type ApiFixture } from './api-fixture.ts';
import { send } from './http-answer.ts';
import { startApi } from './start-api.ts';

let api: ApiFixture;
let log: jest.SpyInstance;

beforeAll(async () => {
  log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  api = await apiFixture();
});

afterAll(async () => {
  await api.stop();
  log.mockRestore();
});

describe('gatewayAnswer', () => {
  describe('given no route', () => {
    it.each([
      ['GET', '/nothing'],
      ['PUT', '/things'],
      ['HEAD', '/things/1'],
    ])('when %s %s is requested, then a token is missing', async (method, path) => {
      const response = await api.request(path, { method });
      expect(response.status).toBe(403);
      expect(response.headers.get('x-amzn-ErrorType')).toBe('MissingAuthenticationTokenException');
      await expect(response.text()).resolves.toBe(
        method === 'HEAD' ? '' : '{"message":"Missing Authentication Token"}',
      );
    });
  });

  describe('given CORS', () => {
    it.each(['/things', '/things/1', '/any'])("when OPTIONS %s is requested, then SAM's mock answers", async (path) => {
      const response = await api.request(path, { method: 'OPTIONS' });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-max-age': '600',
      });
    });

    it('when OPTIONS of an unknown path is requested, then a token is missing', async () => {
      await expect(api.request('/nothing', { method: 'OPTIONS' })).resolves.toMatchObject({ status: 403 });
    });
  });

  describe('given gateway responses', () => {
    const problem = {
      'application/json':
        '{"code":"$context.error.responseType","id":"$context.requestId","detail":$context.error.messageString,"text":"$context.error.message","at":"$context.identity.sourceIp","none":"$context.nothing.here"}',
    };
    const gatewayResponses = {
      DEFAULT_4XX: { statusCode: undefined, headers: {}, templates: {} },
      DEFAULT_5XX: {
        statusCode: 500,
        headers: { 'content-type': 'application/problem+json', 'X-Own': '1' },
        templates: problem,
      },
      MISSING_AUTHENTICATION_TOKEN: { statusCode: 404, headers: {}, templates: { 'text/plain': 'lost' } },
    };

    it('when the type has one, then that is the answer; else the one of its class', async () => {
      const own = await startApi({ ...API, gatewayResponses }, api.pools, 0);
      const unknown = await fetch(`${own.url}/nothing`);
      expect([unknown.status, unknown.headers.get('content-type'), await unknown.text()]).toEqual([
        404,
        'text/plain',
        'lost',
      ]);

      const malformed = await fetch(`${own.url}/things/%zz`);
      expect([malformed.status, await malformed.text()]).toEqual([400, '{"message":"Bad Request"}']);

      const failed = await fetch(`${own.url}/throws`);
      expect([failed.status, failed.headers.get('content-type'), failed.headers.get('X-Own')]).toEqual([
        500,
        'application/problem+json',
        '1',
      ]);
      await expect(failed.json()).resolves.toEqual({
        code: 'API_CONFIGURATION_ERROR',
        id: failed.headers.get('x-amzn-RequestId'),
        detail: 'Internal server error',
        text: 'Internal server error',
        at: '127.0.0.1',
        none: '',
      });
      await own.stop();
    });
  });

  describe('given an integration that takes longer than API Gateway waits', () => {
    it('when it is requested, then the answer is 504', async () => {
      const gateway = new ApiGateway(API, api.pools, 100);
      const server = createServer((incoming, response) => {
        void gateway.answer(incoming).then((answer) => {
          send(response, answer);
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/waits`);
      expect(response.status).toBe(504);
      await expect(response.json()).resolves.toEqual({ message: 'Endpoint request timed out' });
      server.close();
      server.closeAllConnections();
    });
  });
});
