import { join } from 'node:path';

import { awsEnvironment, REGION } from '../../local/aws-environment.ts';
import { ChildProcesses } from '../../local/engines/child-processes.ts';
import { dynoxide } from '../../local/engines/commands.ts';
import { startOnFreePort } from '../../local/engines/engine.ts';
import { startEngines } from '../../local/engines/start-engines.ts';
import type { Endpoints } from '../../local/model.ts';
import { type Clients, closeClients, openClients } from '../../local/resources/clients.ts';
import { provision } from '../../local/resources/provision.ts';
import { openScope } from '../../local/template/open-scope.ts';
import type { Attributes } from '../../local/template/scope.ts';
import { readTemplate, type Resource } from '../../local/template/template.ts';
import { Warnings } from '../../local/template/warnings.ts';
import { leaveUserSettings } from '../../local/user-settings.ts';

const ROOT = join(__dirname, '../..');
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** Real engines with what `template.yaml` has in them, for one spec file. */
export interface TestCloud {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  /** Attributes of a resource, by its logical id: `Ref`, `Arn`, … */
  attributes(logicalId: string): Readonly<Record<string, string>>;
  /** Undoes what it did to `process.env`, and ends the engines. */
  stop(): Promise<void>;
}

/**
 * Starts a cloud with every table, stream, queue and bucket, and sets `process.env` as a function of the template would see it.
 *
 * @param further files of templates, for what a context of the tests' own needs beside `template.yaml`
 */
export function startTestCloud(...further: readonly string[]): Promise<TestCloud> {
  return start(further, startEngines, () => true);
}

/** The same with DynamoDB and its tables alone, in half the time: for a spec that needs no more. */
export function startTestTables(...further: readonly string[]): Promise<TestCloud> {
  return start(further, startDynamoDb, ({ type }) => type === 'AWS::DynamoDB::Table');
}

async function startDynamoDb(...[options, children, onFailure]: Parameters<typeof startEngines>): Promise<Endpoints> {
  const dynamodb = await startOnFreePort(() => dynoxide(options), children, onFailure);

  return { dynamodb, kinesis: NOWHERE, sqs: NOWHERE, s3: NOWHERE };
}

async function start(
  further: readonly string[],
  engines: typeof startEngines,
  isWanted: (resource: Resource) => boolean,
): Promise<TestCloud> {
  const before = { ...process.env };
  const children = new ChildProcesses(join(ROOT, 'local/engines/orphan-guard.ts'));
  const stop = async () => {
    await children.stop();
    process.env = before;
  };

  leaveUserSettings();
  try {
    return await open(await startIn(children, engines), [join(ROOT, 'template.yaml'), ...further], isWanted, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function startIn(children: ChildProcesses, engines: typeof startEngines): Promise<Endpoints> {
  return engines(
    { installation: ROOT, host: '127.0.0.1', region: REGION, dataDirectory: undefined, environment: {} },
    children,
    (error) => {
      throw error;
    },
  );
}

async function open(
  endpoints: Endpoints,
  templates: readonly string[],
  isWanted: (resource: Resource) => boolean,
  stop: () => Promise<void>,
): Promise<TestCloud> {
  const clients = openClients(endpoints, REGION);
  const resources = new Map<string, Attributes>();
  const parameters: Record<string, string> = {};

  for (const file of templates) {
    const template = readTemplate(file);
    const scope = openScope(template, { dotenv: {}, commandLine: {} }, REGION);
    const wanted = new Map([...template.resources].filter(([, resource]) => isWanted(resource)));
    const input = { template: { ...template, resources: wanted }, scope, clients, warnings: new Warnings() };

    for (const [id, attributes] of await provision(input)) {
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
      await stop();
    },
  };
}
