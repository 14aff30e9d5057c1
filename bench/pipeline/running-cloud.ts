import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { type Clients, closeClients, openClients } from '../../local/resources/clients.ts';
import type { State } from '../../local/state-file.ts';

const ROOT = join(__dirname, '../..');

/** Beside the local cloud that somebody may have started in this folder. */
const NAME = `bench-${process.pid}`;

/** `npm start` on a port of its own, with the bundles as they are built now; ends with this process, however that ends. */
export class RunningCloud {
  readonly clients: Clients;
  readonly documents: DynamoDBDocumentClient;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly state: State,
  ) {
    this.clients = openClients(state.endpoints, state.region);
    this.documents = DynamoDBDocumentClient.from(this.clients.dynamodb, {
      marshallOptions: { removeUndefinedValues: true },
    });
  }

  /** Resolves once it has printed `Ready`; rejects with what it printed when it ends before. */
  static async start(): Promise<RunningCloud> {
    const child = spawn(process.execPath, [join(ROOT, 'local/main.ts'), '--no-types'], {
      cwd: ROOT,
      // Where npm has started it, it ends with its parent.
      env: { ...ownEngines(), LOCAL_CLOUD: NAME, PORT: '0', npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await ready(child);
    const state = JSON.parse(readFileSync(join(ROOT, `.aws-sam/local-${NAME}.json`), 'utf8')) as State;

    return new RunningCloud(child, url, state);
  }

  /** The name of a table, by its logical id. */
  table(logicalId: string): string {
    return this.state.resources[logicalId]?.Ref ?? '';
  }

  async stop(): Promise<void> {
    const closed = once(this.child, 'close');

    closeClients(this.clients);
    this.child.kill('SIGINT');
    await closed;
  }
}

/** Without the engines that the environment may name. */
function ownEngines(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL')));
}

async function ready(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let printed = '';
  const onData = (chunk: Buffer) => {
    printed += chunk.toString();
    const [, url] = /^Ready (\S+)$/m.exec(printed) ?? [];

    if (url !== undefined) {
      resolve(url);
    }
  };
  const onClose = () => {
    reject(new Error(`The local cloud has ended:\n${printed}`));
  };
  const streams = [child.stdout, child.stderr];

  streams.forEach((stream) => stream?.on('data', onData));
  child.once('close', onClose);
  const url = await promise;

  // From now on its log is read for nothing but to make room for more.
  streams.forEach((stream) => stream?.off('data', onData).resume());
  child.off('close', onClose);
  return url;
}
