import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { SQSClient, ListQueuesCommand } from '@aws-sdk/client-sqs';

import { CALL_LIMITS, KINESIS_CALL_LIMITS } from './call-limits';

/** Milliseconds: the longest wait for an answer, with some for a busy machine. */
const LONGEST = 3_000 + 1_500;

/** Takes connections and says nothing at all. */
const silent = () => createServer();

/** Begins an answer and does not go on. */
const stalling = () =>
  createHttpServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0', 'Content-Length': 100 }).write('{');
  });

const stallingInHttp2 = () =>
  createHttp2Server((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.write('{');
  });

/** Answers at once, and keeps connections as AWS does. */
const answering = () => {
  const server = createHttpServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end('{}');
  });

  server.keepAliveTimeout = 60_000;
  return server;
};

describe('Call limits', () => {
  const sockets = new Set<Socket>();
  let server: { close(): unknown } | undefined;

  afterEach(() => {
    sockets.forEach((socket) => socket.destroy());
    sockets.clear();
    server?.close();
  });

  async function start(made: Pick<Server, 'listen' | 'address' | 'on' | 'close'>) {
    server = made;
    made.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    made.listen(0, '127.0.0.1');
    await once(made as Server, 'listening');
    return {
      endpoint: `http://127.0.0.1:${(made.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  async function waitOf(call: () => Promise<unknown>): Promise<number> {
    const start = performance.now();

    await expect(call()).rejects.toThrow();
    return performance.now() - start;
  }

  it.each([
    ['takes the connection and says nothing', silent],
    ['begins its answer and does not go on', stalling],
  ])(
    'given a service that %s, then DynamoDB’s and SQS’ clients give up',
    async (_, made) => {
      const options = await start(made());
      const dynamodb = new DynamoDBClient({ ...CALL_LIMITS, ...options });
      const sqs = new SQSClient({ ...CALL_LIMITS, ...options });

      const waits = await Promise.all([
        waitOf(() => dynamodb.send(new ListTablesCommand())),
        waitOf(() => sqs.send(new ListQueuesCommand())),
      ]);

      expect(Math.max(...waits)).toBeLessThan(LONGEST);
    },
    20_000,
  );

  it.each([
    ['takes the connection and says nothing', silent],
    ['begins its answer and does not go on', stallingInHttp2],
  ])(
    'given a service that %s, then Kinesis’ client gives up',
    async (_, made) => {
      const kinesis = new KinesisClient({ ...KINESIS_CALL_LIMITS, ...(await start(made())) });

      expect(await waitOf(() => kinesis.send(new ListStreamsCommand()))).toBeLessThan(LONGEST);
      kinesis.destroy();
    },
    20_000,
  );

  it('given calls with a longer pause between them, then they share a connection', async () => {
    const dynamodb = new DynamoDBClient({ ...CALL_LIMITS, ...(await start(answering())) });

    await dynamodb.send(new ListTablesCommand());
    await sleep(LONGEST);
    await dynamodb.send(new ListTablesCommand());

    expect(sockets.size).toBe(1);
    dynamodb.destroy();
  }, 20_000);
});
