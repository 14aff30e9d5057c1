import { join } from 'node:path';

import { awsEnvironment } from '../../local/aws-environment.ts';
import { ChildProcesses } from '../../local/engines/child-processes.ts';
import { startEngines } from '../../local/engines/start-engines.ts';
import { type Clients, closeClients, openClients } from '../../local/resources/clients.ts';
import { provision } from '../../local/resources/provision.ts';
import { openScope } from '../../local/template/open-scope.ts';
import { readTemplate } from '../../local/template/template.ts';
import { Warnings } from '../../local/template/warnings.ts';

const ROOT = join(__dirname, '../..');
const REGION = 'us-east-1';

/** The real engines with every table, stream and queue of `template.yaml`, for one spec file. */
export interface TestCloud {
  readonly clients: Clients;
  /** Attributes of a resource, by its logical id: `Ref`, `Arn`, … */
  attributes(logicalId: string): Readonly<Record<string, string>>;
  /** Undoes what it did to `process.env`, and ends the engines. */
  stop(): Promise<void>;
}

/** Starts a cloud and sets `process.env` as a function of the template would see it. */
export async function startTestCloud(): Promise<TestCloud> {
  const children = new ChildProcesses(join(ROOT, 'local/engines/orphan-guard.ts'));

  try {
    return await start(children);
  } catch (error) {
    await children.stop();
    throw error;
  }
}

async function start(children: ChildProcesses): Promise<TestCloud> {
  const before = { ...process.env };
  const endpoints = await startEngines(
    { installation: ROOT, host: '127.0.0.1', region: REGION, dataDirectory: undefined, environment: {} },
    children,
    (error) => {
      throw error;
    },
  );
  const clients = openClients(endpoints, REGION);
  const template = readTemplate(join(ROOT, 'template.yaml'));
  const scope = openScope(template, { dotenv: {}, commandLine: {} }, REGION);
  const resources = await provision({ template, scope, clients, warnings: new Warnings() });
  const parameters = Object.keys(template.parameters).map((name) => [name, String(scope.ref(name))]);

  Object.assign(process.env, awsEnvironment(endpoints, REGION), Object.fromEntries(parameters));
  return {
    clients,
    attributes: (logicalId) => resources.get(logicalId) ?? {},
    stop: async () => {
      closeClients(clients);
      await children.stop();
      process.env = before;
    },
  };
}
