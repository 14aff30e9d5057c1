import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { bundleFixture } from '../lambda/bundle-fixture.ts';
import { FunctionPool } from '../lambda/function-pool.ts';
import type { ApiModel } from '../model.ts';
import { startApi } from './start-api.ts';

const SOURCE = `
exports.event = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
exports.answer = async (event) => JSON.parse(event.body);
exports.throws = async () => { throw new Error('no') };
exports.never = () => new Promise(() => undefined);
exports.waits = () => new Promise((resolve) => setTimeout(resolve, 300, { statusCode: 200 }));
`;

export const API: ApiModel = {
  routes: [
    { method: 'GET', path: '/things/{id}', functionId: 'event' },
    { method: 'POST', path: '/things', functionId: 'event' },
    { method: 'POST', path: '/answer', functionId: 'answer' },
    { method: 'GET', path: '/throws', functionId: 'throws' },
    { method: 'GET', path: '/never', functionId: 'never' },
    { method: 'GET', path: '/waits', functionId: 'waits' },
    { method: 'ANY', path: '/any', functionId: 'event' },
  ],
  stage: 'dev',
  corsHeaders: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Max-Age': '600' },
  gatewayResponses: {},
};

/** An API for a spec, with functions that echo, answer as told, throw, never end or take 300 ms. */
export interface ApiFixture {
  readonly url: string;
  readonly pools: ReadonlyMap<string, FunctionPool>;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Sends bytes as they are and answers all that comes back. */
  raw(bytes: string): Promise<string>;
  stop(): Promise<void>;
}

export async function apiFixture(): Promise<ApiFixture> {
  const bundle = bundleFixture(SOURCE);
  const pools = new Map(
    ['event', 'answer', 'throws', 'never', 'waits'].map((handler) => {
      const model = bundle.model(handler, { logicalId: handler, timeoutSeconds: handler === 'never' ? 0.1 : 5 });
      return [handler, new FunctionPool(model, { environment: {}, maximumInstances: 1 })];
    }),
  );
  const running = await startApi(API, pools, 0);
  const { url } = running;
  return {
    url,
    pools,
    request: (path, init) => fetch(url + path, init),
    raw: (bytes) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(bytes);
      return text(socket);
    },
    stop: async () => {
      await running.stop();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      bundle.remove();
    },
  };
}
