import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

import { startFront } from '../../local/engines/http-front.ts';
import { type Engines, startEmptyEngines } from './engines';
import { type Access, accessOf } from './request-access';

/** A request's access, and the logical id of the function that made it. */
export interface RecordedAccess extends Access {
  readonly functionId: string;
}

/** Real engines, each behind a proxy that records what the functions of a local cloud ask of it. */
export class RequestRecorder {
  private readonly recorded = new Map<string, RecordedAccess>();
  private readonly failures: unknown[] = [];
  private readonly connections = new Set<Socket>();

  private constructor(
    private readonly engines: Engines,
    private readonly fronts: Server[] = [],
  ) {}

  static async start(): Promise<RequestRecorder> {
    const recorder = new RequestRecorder(await startEmptyEngines());
    const { dynamodb, kinesis, sqs } = recorder.engines.endpoints;

    for (const endpoint of [dynamodb, kinesis, sqs]) {
      const front = await startFront('127.0.0.1', 0, Number(new URL(endpoint).port), (request) => {
        recorder.record(request);
      });

      front.on('connection', (connection: Socket) => recorder.connections.add(connection));
      recorder.fronts.push(front);
    }
    return recorder;
  }

  /** Makes a local cloud use these engines. */
  get environment(): NodeJS.ProcessEnv {
    const [dynamodb, kinesis, sqs] = this.fronts.map((front) => (front.address() as AddressInfo).port);

    return {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${dynamodb}`,
      AWS_ENDPOINT_URL_KINESIS: `http://127.0.0.1:${kinesis}`,
      AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${sqs}`,
    };
  }

  /** Every access of every function so far, once. Throws if there was a request that could not be read. */
  accesses(): RecordedAccess[] {
    if (this.failures.length > 0) {
      throw new AggregateError(this.failures, 'Requests could not be read.');
    }
    return [...this.recorded.values()];
  }

  async stop(): Promise<void> {
    this.fronts.forEach((front) => front.close());
    this.connections.forEach((connection) => connection.destroy());
    await this.engines.stop();
  }

  private record(request: IncomingMessage): void {
    const { 'x-amz-security-token': functionId, 'x-amz-target': target } = request.headers;
    const chunks: Buffer[] = [];

    if (typeof functionId !== 'string') {
      return; // the local cloud itself, or a test
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      try {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as object;

        for (const access of accessOf(String(target), body)) {
          this.recorded.set(`${functionId} ${access.action} ${access.resource}`, { functionId, ...access });
        }
      } catch (error) {
        this.failures.push(error);
      }
    });
  }
}
