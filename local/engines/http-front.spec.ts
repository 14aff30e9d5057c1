import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { freePort } from './free-port.ts';
import { startFront } from './http-front.ts';

describe('startFront', () => {
  const echo: Server = createServer((request, response) => {
    void text(request).then((body) => {
      response.writeHead(201, { 'x-answer': 'yes' }).end(`${request.method} ${request.url} ${request.headers['x-ask']} ${body}`);
    });
  });
  let port: number;

  beforeAll(async () => {
    await once(echo.listen(0, '127.0.0.1'), 'listening');
    port = await freePort('127.0.0.1');
    await startFront('127.0.0.1', port, (echo.address() as AddressInfo).port);
  });

  afterAll(() => {
    echo.close();
    echo.closeAllConnections();
  });

  it('when a client speaks HTTP/1.1, then request and answer pass', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/path?a=1`, { method: 'POST', body: 'body', headers: { 'x-ask': 'me' } });
    expect([answer.status, answer.headers.get('x-answer'), await answer.text()]).toEqual([
      201,
      'yes',
      'POST /path?a=1 me body',
    ]);
  });

  it('when a client speaks HTTP/2, then many requests pass on one connection', async () => {
    const session = connect(`http://127.0.0.1:${port}`);
    const ask = async (body: string): Promise<string> => {
      const stream = session.request({ ':method': 'POST', ':path': '/path', 'x-ask': 'me' });
      stream.end(body);
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      return `${String(headers[':status'])} ${String(headers['x-answer'])} ${await text(stream)}`;
    };
    const bodies = Array.from({ length: 20 }, (_, index) => String(index));
    expect(await Promise.all(bodies.map(ask))).toEqual(bodies.map((body) => `201 yes POST /path me ${body}`));
    session.close();
  });
});
