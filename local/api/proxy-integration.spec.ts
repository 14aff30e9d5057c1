import { apiFixture, type ApiFixture } from './api-fixture.ts';

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

async function event(path: string, init?: RequestInit): Promise<Record<string, unknown>> {
  return (await (await api.request(path, init)).json()) as Record<string, unknown>;
}

function answerOf(answer: unknown): Promise<Response> {
  return api.request('/answer', { method: 'POST', body: JSON.stringify(answer) });
}

describe('Lambda proxy integration', () => {
  describe('given a route', () => {
    it('when it is requested, then its function sees the event of a REST API', async () => {
      const { host, port } = new URL(api.url);
      const sent = await event('/things/a%20b?x=1&x=2&y=%26', { headers: { 'X-One': '1' } });
      expect(sent).toEqual({
        resource: '/things/{id}',
        path: '/things/a%20b',
        httpMethod: 'GET',
        headers: expect.objectContaining({
          'X-One': '1',
          host,
          'X-Forwarded-Port': port,
          'X-Forwarded-For': '127.0.0.1',
        }) as object,
        multiValueHeaders: expect.objectContaining({ 'X-One': ['1'] }) as object,
        queryStringParameters: { x: '2', y: '&' },
        multiValueQueryStringParameters: { x: ['1', '2'], y: ['&'] },
        pathParameters: { id: 'a b' },
        stageVariables: null,
        requestContext: expect.objectContaining({
          accountId: '000000000000',
          domainName: host,
          httpMethod: 'GET',
          identity: expect.objectContaining({ sourceIp: '127.0.0.1', userAgent: 'node' }) as object,
          path: '/dev/things/a%20b',
          protocol: 'HTTP/1.1',
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
          requestTimeEpoch: expect.closeTo(Date.now(), -5) as number,
          resourcePath: '/things/{id}',
          stage: 'dev',
        }) as object,
        body: null,
        isBase64Encoded: false,
      });
    });

    it('when it is requested without parameters, then the event has null in their place', async () => {
      const sent = await event('/things', { method: 'POST', body: '{"ü":1}' });
      expect(sent).toMatchObject({
        body: '{"ü":1}',
        pathParameters: null,
        queryStringParameters: null,
        multiValueQueryStringParameters: null,
      });
    });

    it('when its target is in absolute-form, as for a proxy, then it is the same request, of that host', async () => {
      const answer = await api.raw(
        'GET http://things.example:81/things/7?x=1 HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n',
      );
      const [head, body = ''] = answer.split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(JSON.parse(body)).toMatchObject({
        path: '/things/7',
        pathParameters: { id: '7' },
        queryStringParameters: { x: '1' },
        requestContext: { domainName: 'things.example:81', path: '/dev/things/7' },
      });
    });

    it('when it has the method ANY, then it takes every method', async () => {
      await expect(event('/any', { method: 'PATCH' })).resolves.toMatchObject({ httpMethod: 'PATCH' });
    });

    it('when a header comes twice, then the event has both values, and the last alone in headers', async () => {
      const answer = await api.raw('GET /any HTTP/1.1\r\nHost: x\r\nX-Two: 1\r\nX-Two: 2\r\nConnection: close\r\n\r\n');
      expect(answer).toContain('"X-Two":"2"');
      expect(answer).toContain('"X-Two":["1","2"]');
    });
  });

  describe('given an answer of a function', () => {
    it('when it is well formed, then it is sent', async () => {
      const response = await answerOf({
        statusCode: 201,
        headers: { 'content-type': 'text/plain', 'X-Number': 1, 'X-Both': 'one', 'Content-Length': 99 },
        multiValueHeaders: { 'X-Both': ['two'], 'Set-Cookie': ['a=1', 'b=2'] },
        body: 'done',
      });
      expect(response.status).toBe(201);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/plain',
        'x-number': '1',
        'x-both': 'two',
        'content-length': '4',
      });
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect(response.headers.get('x-amzn-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
      await expect(response.text()).resolves.toBe('done');
    });

    it('when it is short, then API Gateway fills it in', async () => {
      const response = await answerOf({ statusCode: '200', headers: null, body: null });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      await expect(response.text()).resolves.toBe('');
    });

    it.each([
      null,
      'text',
      {},
      { statusCode: 'ok' },
      { statusCode: 99 },
      { statusCode: 200, body: {} },
      { statusCode: 200, headers: 'x' },
      { statusCode: 200, headers: { x: {} } },
      { statusCode: 200, headers: { 'x y': '1' } },
      { statusCode: 200, headers: { x: 'a\nb' } },
      { statusCode: 200, multiValueHeaders: { x: '1' } },
      { statusCode: 200, message: 'x' },
    ])('when it is %j, then API Gateway refuses it and the log says why', async (answer) => {
      log.mockClear();
      const response = await answerOf(answer);
      expect(response.status).toBe(502);
      expect(response.headers.get('x-amzn-ErrorType')).toBe('InternalServerErrorException');
      await expect(response.json()).resolves.toEqual({ message: 'Internal server error' });
      expect(log).toHaveBeenCalledWith(expect.stringMatching(/^POST \/answer: /));
    });
  });

  describe('given a function that fails', () => {
    it.each(['/throws', '/never'])('when %s throws or times out, then the answer is 502', async (path) => {
      const response = await api.request(path);
      expect(response.status).toBe(502);
      await expect(response.json()).resolves.toEqual({ message: 'Internal server error' });
    });
  });
});
