import { once } from 'node:events';
import {
  Agent,
  createServer as createHttp1Server,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** How every HTTP/2 connection starts (RFC 9113, section 3.4). */
const HTTP2_PREFACE = 'PRI * HTTP/2.0';

/** Headers of one connection, which HTTP/2 does not have (RFC 9113, section 8.2.2). */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/**
 * Takes HTTP/1.1 and HTTP/2 without TLS on one port, and passes every request on to a loopback port in HTTP/1.1. `watch` sees
 * each before, and may read it at the same time.
 */
export async function startFront(
  host: string,
  port: number,
  loopbackPort: number,
  watch?: (request: IncomingMessage) => void,
): Promise<Server> {
  const agent = new Agent({ keepAlive: true });
  const pass = (request: IncomingMessage, response: ServerResponse) => {
    watch?.(request);
    forward(request, response, agent, loopbackPort);
  };
  const http1 = createHttp1Server({ keepAliveTimeout: 60_000 }, pass);
  // Node gives an HTTP/2 request and its response the interface of HTTP/1.1.
  const http2 = createHttp2Server((request, response) => {
    pass(request as never, response as never);
  });
  const front = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const start = socket.read() as Buffer | null;
      if (start === null) return;
      socket.unshift(start);
      (start.toString('latin1').startsWith(HTTP2_PREFACE) ? http2 : http1).emit('connection', socket);
    });
  });
  await once(front.listen(port, host), 'listening');
  return front;
}

function forward(request: IncomingMessage, response: ServerResponse, agent: Agent, port: number): void {
  const { method, url: path } = request;
  const headers = messageHeaders(request.headers);
  const passed = httpRequest({ host: '127.0.0.1', port, agent, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, messageHeaders(answer.headers));
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  response.on('close', () => passed.destroy());
  request.pipe(passed);
}

function messageHeaders(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(':') && !CONNECTION_HEADERS.has(name));
  return Object.fromEntries(entries);
}
