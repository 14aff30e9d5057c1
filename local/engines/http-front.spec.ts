import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';

import { startFront } from './http-front.ts';

describe('startFront', () => {
  const echo = createServer((asked, response) => {
    void text(asked).then((body) => {
      const told = [asked.method, asked.url, asked.headers['x-ask'], body].join(' ');
      response.writeHead(201, { 'x-answer': 'yes' }).end(told);
    });
  });
  let front: Server;
  let port: number;

  beforeAll(async () => {
    await once(echo.listen(0, '127.0.0.1'), 'listening');
    front = await startFront('127.0.0.1', 0, (echo.address() as AddressInfo).port);
    ({ port } = front.address() as AddressInfo);
  });

  afterAll(() => {
    front.close();
    echo.close();
    echo.closeAllConnections();
  });

  it('when a client speaks HTTP/1.1, then request and answer pass', async () => {
    const asked = request({ port, path: '/path?a=1', method: 'POST', headers: { 'x-ask': 'me' }, agent: false }).end(
      'body',
    );
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers['x-answer'], await text(answer)]).toEqual([
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
