import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FunctionPool } from '../lambda/function-pool.ts';
import type { ApiModel } from '../model.ts';
import { ApiGateway } from './api-gateway.ts';
import { send } from './http-answer.ts';

export interface RunningApi {
  readonly url: string;
  /** Takes no more requests and lets those under way finish, for 2 seconds at most. */
  stop(): Promise<void>;
}

const STOP_MILLISECONDS = 2_000;

/** Serves an API. Rejects with the server's error, such as that of code EADDRINUSE when the port is taken. */
export async function startApi(
  api: ApiModel,
  pools: ReadonlyMap<string, FunctionPool>,
  port: number,
  host = '127.0.0.1',
): Promise<RunningApi> {
  const gateway = new ApiGateway(api, pools);
  const server = createServer((request, response) => void serve(gateway, server, request, response));
  server.listen(port, host);
  await once(server, 'listening');
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, stop: () => stop(server) };
}

async function serve(
  gateway: ApiGateway,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await gateway.answer(request);
    // A stop would wait for a connection that is kept for more.
    response.shouldKeepAlive &&= server.listening;
    send(response, answer);
  } catch (error) {
    // The client may have gone while it was sending.
    if (!request.destroyed) console.error(error);
    response.destroy();
  }
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, STOP_MILLISECONDS);
  await closed;
  clearTimeout(timer);
}
