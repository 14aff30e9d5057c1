/**
 * Runs kinesis-local. Left to itself it listens on every network interface, and its HTTP/2, in which the SDK talks to Kinesis,
 * breaks connections off. So it gets a loopback port behind a front. Arguments: the front's address and port.
 */
import { createRequire } from 'node:module';
import { Server } from 'node:net';

import { poll } from '../poll.ts';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import { startFront } from './http-front.ts';
import { withKeptHashes } from './kinesis-hashes.ts';

const LOOPBACK = '127.0.0.1';
const [host = LOOPBACK, port] = process.argv.slice(2);
const loopbackPort = await freePort(LOOPBACK);

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called as a method of the server
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  const [ownPort, ready] = args;
  // A port that somebody took in between ends this process, and another is tried.
  this.once('error', (error) => {
    throw error;
  });
  return typeof ready === 'function'
    ? listen.call(this, { port: ownPort, host: LOOPBACK }, ready)
    : listen.apply(this, args);
};

// It replaces process.exit by its own, which waits for every connection to close.
const exit = process.exit.bind(process);
process.on('SIGTERM', () => exit());

Object.assign(process.env, { KINESIS_MOCK_PLAIN_PORT: String(loopbackPort), KINESIS_MOCK_TLS_PORT: '0' });
withKeptHashes(() => {
  createRequire(import.meta.url)('kinesis-local');
});

await poll(async () => (await answers(`http://${LOOPBACK}:${loopbackPort}`)) || undefined, {
  timeoutMilliseconds: 30_000,
  intervalMilliseconds: 20,
});
await startFront(host, Number(port), loopbackPort);
console.log('kinesis-local is listening.');
