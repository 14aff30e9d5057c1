import { join } from 'node:path';

import { awsEnvironment, REGION } from '../../local/aws-environment.ts';
import { ChildProcesses } from '../../local/engines/child-processes.ts';
import { startEngines } from '../../local/engines/start-engines.ts';
import type { Endpoints } from '../../local/model.ts';
import { type Clients, closeClients, openClients } from '../../local/resources/clients.ts';
import { provision } from '../../local/resources/provision.ts';
import { openScope } from '../../local/template/open-scope.ts';
import type { Attributes } from '../../local/template/scope.ts';
import { readTemplate } from '../../local/template/template.ts';
import { Warnings } from '../../local/template/warnings.ts';
import { leaveUserSettings } from '../../local/user-settings.ts';

const ROOT = join(__dirname, '../..');

/** The real engines with every table, stream and queue of `template.yaml`, for one spec file. */
export interface TestCloud {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  /** Attributes of a resource, by its logical id: `Ref`, `Arn`, … */
  attributes(logicalId: string): Readonly<Record<string, string>>;
  /** Undoes what it did to `process.env`, and ends the engines. */
  stop(): Promise<void>;
}

/**
 * Starts a cloud and sets `process.env` as a function of the template would see it.
 *
 * @param further files of templates, for what a context of the tests' own needs beside `template.yaml`
 */
export async function startTestCloud(...further: readonly string[]): Promise<TestCloud> {
  const children = new ChildProcesses(join(ROOT, 'local/engines/orphan-guard.ts'));

  try {
    return await start(children, [join(ROOT, 'template.yaml'), ...further]);
  } catch (error) {
    await children.stop();
    throw error;
  }
}

async function start(children: ChildProcesses, templates: readonly string[]): Promise<TestCloud> {
  const before = { ...process.env };

  leaveUserSettings();
  const endpoints = await startEngines(
    { installation: ROOT, host: '127.0.0.1', region: REGION, dataDirectory: undefined, environment: {} },
    children,
    (error) => {
      throw error;
    },
  );
  const clients = openClients(endpoints, REGION);
  const resources = new Map<string, Attributes>();
  const parameters: Record<string, string> = {};

  for (const file of templates) {
    const template = readTemplate(file);
    const scope = openScope(template, { dotenv: {}, commandLine: {} }, REGION);

    for (const [id, attributes] of await provision({ template, scope, clients, warnings: new Warnings() })) {
      resources.set(id, attributes);
    }
    Object.keys(template.parameters).forEach((name) => (parameters[name] = String(scope.ref(name))));
  }

  Object.assign(process.env, awsEnvironment(endpoints, REGION), parameters);
  return {
    endpoints,
    clients,
    attributes: (logicalId) => resources.get(logicalId) ?? {},
    stop: async () => {
      closeClients(clients);
      await children.stop();
      process.env = before;
    },
  };
}
