import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { LocalCloudError } from '../local-cloud-error.ts';
import { ACCOUNT_ID } from '../template/scope.ts';
import { essentials } from '../user-settings.ts';
import type { EngineCommand } from './engine.ts';
import { freePort } from './free-port.ts';

export interface EngineOptions {
  /** Folder that holds `node_modules` and `local`. */
  readonly installation: string;
  /** Address to listen on. */
  readonly host: string;
  readonly region: string;
  /** Folder that keeps the tables between runs; in memory where absent. */
  readonly dataDirectory: string | undefined;
  /** Names the endpoints of engines that are there already; those that are started see nothing of it. */
  readonly environment: NodeJS.ProcessEnv;
}

/** DynamoDB and its streams. */
export async function dynoxide(options: EngineOptions): Promise<EngineCommand> {
  const port = await freePort(options.host);
  const database = options.dataDirectory && ['--db-path', join(options.dataDirectory, 'dynamodb.sqlite')];
  return {
    service: 'DynamoDB',
    program: 'dynoxide',
    variable: 'AWS_ENDPOINT_URL_DYNAMODB',
    command: dynoxideBinary(options.installation),
    args: ['serve', '--host', options.host, '--port', String(port), ...(database ?? [])],
    environment: essentials(),
    endpoint: endpoint(options.host, port),
  };
}

function dynoxideBinary(installation: string): string {
  const { platform, arch } = process;
  const name = `@dynoxide/${platform}-${arch}`;
  const binary = join(installation, 'node_modules', name, platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  requireFile(binary, { service: 'DynamoDB', name, variable: 'AWS_ENDPOINT_URL_DYNAMODB' });
  return binary;
}

/** Throws a LocalCloudError unless the file of the engine's npm package is there. */
function requireFile(file: string, engine: { service: string; name: string; variable: string }): void {
  if (existsSync(file)) return;
  const { service, name, variable } = engine;
  throw new LocalCloudError(
    `The ${service} engine is missing: expected the npm package ${name}. Run npm ci, or set ${variable} ` +
      `to a ${service} of your own.`,
  );
}

/** Kinesis. */
export async function kinesisLocal(options: EngineOptions): Promise<EngineCommand> {
  const certificate = join(options.installation, 'node_modules/kinesis-local/server.json');
  requireFile(certificate, { service: 'Kinesis', name: 'kinesis-local', variable: 'AWS_ENDPOINT_URL_KINESIS' });
  const port = await freePort(options.host);
  return {
    ...nodeEngine('kinesis-server.ts', options, [String(port)]),
    service: 'Kinesis',
    program: 'kinesis-local',
    variable: 'AWS_ENDPOINT_URL_KINESIS',
    environment: {
      ...essentials(),
      AWS_ACCOUNT_ID: ACCOUNT_ID,
      AWS_REGION: options.region,
      CREATE_STREAM_DURATION: '0ms',
      KINESIS_MOCK_CERT_PATH: certificate,
      LOG_LEVEL: 'ERROR',
      REGISTER_STREAM_CONSUMER_DURATION: '0ms',
      SHARD_LIMIT: '500',
    },
    endpoint: endpoint(options.host, port),
  };
}

/** SQS and S3. */
export async function fauxqs(options: EngineOptions): Promise<EngineCommand> {
  const manifest = join(options.installation, 'node_modules/fauxqs/package.json');
  requireFile(manifest, { service: 'SQS', name: 'fauxqs', variable: 'AWS_ENDPOINT_URL_SQS' });
  const port = await freePort(options.host);
  return {
    ...nodeEngine('fauxqs-server.ts', options, [String(port), options.region]),
    service: 'SQS',
    program: 'fauxqs',
    variable: 'AWS_ENDPOINT_URL_SQS',
    environment: essentials(),
    endpoint: endpoint(options.host, port),
  };
}

function nodeEngine(file: string, { installation, host }: EngineOptions, args: readonly string[] = []) {
  return { command: process.execPath, args: [join(installation, 'local/engines', file), host, ...args] };
}

/** Where a client on this machine reaches what listens on the address. */
function endpoint(host: string, port: number): string {
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
}
