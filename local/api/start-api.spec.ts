import { connect } from 'node:net';

import { poll } from '../poll.ts';
import { API, apiFixture, type ApiFixture } from './api-fixture.ts';
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

describe('startApi', () => {
  describe('given a bad request', () => {
    it.each(['/things/%zz', '/things/1?x=%zz', '/things/%ff'])(
      'when the encoding of %s is malformed, then it is 400',
      async (path) => {
        const answer = await api.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*\{"message":"Bad Request"\}$/);
      },
    );

    it.each(['nonsense\r\n\r\n', 'GET things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'])(
      'when %j is sent, then it is 400',
      async (bytes) => {
        await expect(api.raw(bytes)).resolves.toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      },
    );

    it('when the body is longer than 10 MB, then it is 413 before it has come', async () => {
      const head = `POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${10 * 1024 * 1024 + 1}\r\n\r\n`;
      await expect(api.raw(head)).resolves.toMatch(
        /^HTTP\/1\.1 413 Payload Too Large\r\n[^]*\{"message":"Request Too Long"\}$/,
      );
    });

    it('when a body of unknown length grows beyond 10 MB, then it is 413 before it has ended', async () => {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new Uint8Array(10 * 1024 * 1024 + 1));
        },
      });
      const abort = new AbortController();
      const response = api.request('/things', { method: 'POST', body, duplex: 'half', signal: abort.signal });
      await expect(response).resolves.toMatchObject({ status: 413 });
      abort.abort();
    });

    it('when the event is longer than the 6 MB that Lambda takes, then it is 413', async () => {
      await expect(api.request('/things', { method: 'POST', body: 'x'.repeat(6_291_456) })).resolves.toMatchObject({
        status: 413,
      });
    });

    it('when the client goes away while it sends, then others are served', async () => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      await new Promise((resolve) =>
        socket.write('POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', resolve),
      );
      socket.destroy();
      await expect(api.request('/any')).resolves.toMatchObject({ status: 200 });
    });
  });

  describe('given a port', () => {
    it('when it is taken, then starting rejects with EADDRINUSE', async () => {
      await expect(startApi(API, api.pools, Number(new URL(api.url).port))).rejects.toMatchObject({
        code: 'EADDRINUSE',
      });
    });

    it('when the API stops, then a request under way is answered and the port is free again', async () => {
      const own = await startApi(API, api.pools, 0);
      const invoke = jest.spyOn(api.pools.get('waits')!, 'invoke');
      const underWay = fetch(`${own.url}/waits`);
      const begun = (): Promise<true | undefined> => Promise.resolve(invoke.mock.calls.length > 0 || undefined);
      await poll(begun, { timeoutMilliseconds: 2_000, intervalMilliseconds: 5 });
      const stopped = performance.now();
      await own.stop();
      expect(performance.now() - stopped).toBeLessThan(1_500);
      await expect(underWay).resolves.toMatchObject({ status: 200 });
      await expect(fetch(`${own.url}/any`)).rejects.toThrow('fetch failed');
    });
  });
});
