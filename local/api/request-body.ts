import type { IncomingMessage } from 'node:http';

import { GatewayError } from './gateway-error.ts';

/** API Gateway's limit for a request's body. */
const MAXIMUM_BYTES = 10 * 1024 * 1024;

/** The body as text; null when there is none. Throws REQUEST_TOO_LARGE as soon as it knows. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (Number(request.headers['content-length']) > MAXIMUM_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
    chunks.push(chunk);
  }
  return bytes === 0 ? null : Buffer.concat(chunks).toString('utf8');
}
