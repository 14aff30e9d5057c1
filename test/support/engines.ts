import { join } from 'node:path';

import { REGION } from '../../local/aws-environment.ts';
import { ChildProcesses } from '../../local/engines/child-processes.ts';
import { startEngines } from '../../local/engines/start-engines.ts';
import type { Endpoints } from '../../local/model.ts';
import { type Clients, closeClients, openClients } from '../../local/resources/clients.ts';

const ROOT = join(__dirname, '../..');

/** The real engines, empty, for one spec file. */
export interface Engines {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  stop(): Promise<void>;
}

export async function startEmptyEngines(): Promise<Engines> {
  const children = new ChildProcesses(join(ROOT, 'local/engines/orphan-guard.ts'));
  const options = { installation: ROOT, host: '127.0.0.1', region: REGION, dataDirectory: undefined, environment: {} };
  const endpoints = await startEngines(options, children, (error) => {
    throw error;
  });
  const clients = openClients(endpoints, REGION);
  return {
    endpoints,
    clients,
    stop: async () => {
      closeClients(clients);
      await children.stop();
    },
  };
}
