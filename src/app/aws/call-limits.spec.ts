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

interface Client {
  send(command: object): Promise<unknown>;
  destroy(): void;
}

describe('Call limits', () => {
  const servers: { close(): unknown }[] = [];
  const sockets: Socket[] = [];

  afterAll(() => {
    sockets.forEach((socket) => socket.destroy());
    servers.forEach((server) => server.close());
  });

  /** Starts a service; answers how to reach it, and the connections that it takes. */
  async function start(server: Pick<Server, 'listen' | 'address' | 'on' | 'close'>) {
    const taken: Socket[] = [];

    servers.push(server);
    server.on('connection', (socket: Socket) => {
      taken.push(socket);
      sockets.push(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server as Server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

    return { taken, options: { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 } };
  }

  const dynamodb = (options: object) => new DynamoDBClient({ ...CALL_LIMITS, ...options });
  const sqs = (options: object) => new SQSClient({ ...CALL_LIMITS, ...options });
  const kinesis = (options: object) => new KinesisClient({ ...KINESIS_CALL_LIMITS, ...options });

  // At the same time, since each of them waits.
  it.concurrent.each([
    ['DynamoDB', 'takes the connection and says nothing', silent, dynamodb, new ListTablesCommand()],
    ['DynamoDB', 'begins its answer and does not go on', stalling, dynamodb, new ListTablesCommand()],
    ['SQS', 'takes the connection and says nothing', silent, sqs, new ListQueuesCommand()],
    ['SQS', 'begins its answer and does not go on', stalling, sqs, new ListQueuesCommand()],
    ['Kinesis', 'takes the connection and says nothing', silent, kinesis, new ListStreamsCommand()],
    ['Kinesis', 'begins its answer and does not go on', stallingInHttp2, kinesis, new ListStreamsCommand()],
  ])(
    'given %s that %s, then the client gives up',
    async (_, __, made, clientWith, command) => {
      const client = clientWith((await start(made())).options) as unknown as Client;
      const begun = performance.now();

      await expect(client.send(command)).rejects.toThrow();
      expect(performance.now() - begun).toBeLessThan(LONGEST);
      client.destroy();
    },
    20_000,
  );

  it.concurrent(
    'given calls with a longer pause between them, then they share a connection',
    async () => {
      const { taken, options } = await start(answering());
      const client = dynamodb(options);

      await client.send(new ListTablesCommand());
      await sleep(LONGEST);
      await client.send(new ListTablesCommand());

      expect(taken).toHaveLength(1);
      client.destroy();
    },
    20_000,
  );
});
