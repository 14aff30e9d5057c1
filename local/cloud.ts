import { join } from 'node:path';

import { startApi } from './api/start-api.ts';
import { type Access, accessTo, closedParameters, openParameters, startIssuer } from './authentication.ts';
import { awsEnvironment, REGION } from './aws-environment.ts';
import { build } from './build.ts';
import { typeErrors } from './check-types.ts';
import { claimDataDirectory } from './data-directory.ts';
import { idleNames, readDotenv } from './dotenv.ts';
import { ChildProcesses } from './engines/child-processes.ts';
import { startEngines } from './engines/start-engines.ts';
import { samEnvironment } from './env-vars.ts';
import { startDeliveryStream } from './firehose/start-delivery-stream.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import type { LocalIssuer } from './issuer.ts';
import type { LocalCloudError } from './local-cloud-error.ts';
import { startMapping } from './mappings/start-mapping.ts';
import type { CloudModel, Endpoints, RouteModel } from './model.ts';
import { Progress } from './progress.ts';
import { closeClients, openClients } from './resources/clients.ts';
import { provision } from './resources/provision.ts';
import { runCheck } from './run-check.ts';
import type { StateFile } from './state-file.ts';
import { buildModel } from './template/cloud-model.ts';
import { openScope } from './template/open-scope.ts';
import { checkRules } from './template/rules.ts';
import type { Attributes, Scope } from './template/scope.ts';
import { readTemplate, type Template } from './template/template.ts';
import { Warnings } from './template/warnings.ts';

export interface CloudOptions {
  /** Folder of the project: its `.env`, and its `.aws-sam`. */
  readonly root: string;
  /** Folder that holds `local` and the `node_modules` of the engines and of webpack. */
  readonly installation: string;
  /** Whether to build the project first; if not, its `.aws-sam/build` has to be there. */
  readonly build: boolean;
  /** Port of the API on 127.0.0.1. */
  readonly port: number;
  /** Address that the engines listen on. */
  readonly engineHost: string;
  /** Folder that keeps the tables between runs; in memory where absent. */
  readonly dataDirectory: string | undefined;
  /** Whether to close the API: an issuer of its own gives the tokens that it takes. */
  readonly auth: boolean;
  /** Where it says what it is. */
  readonly state: StateFile;
  /** Values for the template's parameters, before those of `.env`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The developer's, for the tools that build and check; it names the endpoints of engines that are there already. */
  readonly environment: NodeJS.ProcessEnv;
  /** Whether to name all that is left out, what only matters on AWS as well. */
  readonly verbose: boolean;
  /** Gets each line about how far it is. */
  readonly tell: (line: string) => void;
  /** Gets each line about what does not run locally and may make a difference. */
  readonly warn: (line: string) => void;
  /** Gets the error when an engine ends while the cloud runs; the cloud is of no use any more and has to be stopped. */
  readonly onFailure: (error: LocalCloudError) => void;
}

const BUILT_TEMPLATE = '.aws-sam/build/template.yaml';
const ENGINES = ['DynamoDB', 'Kinesis', 'SQS'];

/** What a caller of the API needs. */
export interface Started {
  /** Undefined where the template has no API. */
  readonly url: string | undefined;
  /** Undefined where the API is open. */
  readonly access: Access | undefined;
  readonly routes: readonly RouteModel[];
}

/** What other commands have to know. */
interface Running {
  readonly model: CloudModel;
  readonly resources: ReadonlyMap<string, Attributes>;
  readonly endpoints: Endpoints;
  readonly api: string | undefined;
}

/** The local cloud: engines, resources, functions, event source mappings and API of the template in its folder. */
export class LocalCloud {
  readonly #options: CloudOptions;
  readonly #children: ChildProcesses;
  readonly #stops: (() => unknown)[] = [];
  readonly #progress: Progress;
  #issuer: LocalIssuer | undefined;
  /** Resolves when each function has an instance. */
  #warm: Promise<void> | undefined;

  constructor(options: CloudOptions) {
    this.#options = options;
    this.#progress = new Progress(options.tell);
    this.#children = new ChildProcesses(join(options.installation, 'local/engines/orphan-guard.ts'));
    this.#stops.push(() => this.#children.stop());
  }

  /** Throws a LocalCloudError; call `stop` then, too. */
  async start(): Promise<Started> {
    await this.#claimData();
    if (this.#options.auth) await this.#startIssuer();
    this.#checkSettings();
    const [, endpoints] = await Promise.all([this.#options.build && this.#build(), this.#startEngines()]);
    const { model, resources } = await this.#progress.step('Creating the resources', 'Resources created', () =>
      this.#createResources(endpoints),
    );
    if (this.#children.stopping) throw new Error('The local cloud is stopping.');
    this.#tellLeftOut(model);
    const url = await this.#run(model, endpoints);
    this.#writeState({ model, resources, endpoints, api: url });
    const access = this.#issuer && (await accessTo(model, this.#issuer));
    return { url, access, routes: model.api?.routes ?? [] };
  }

  /** Type errors of what has been built; undefined where there are none. It takes seconds, and nothing waits for it. */
  async typeErrors(): Promise<string | undefined> {
    // The first events are on their way until then.
    await this.#warm;
    if (this.#children.stopping) return undefined;
    return typeErrors({ ...this.#options, children: this.#children });
  }

  /** Stops what `start` has started, the last first, even if `start` has not come to its end. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.#stops.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Stopping failed.');
  }

  /** Until its engine has ended. */
  async #claimData(): Promise<void> {
    const { dataDirectory } = this.#options;
    if (dataDirectory === undefined) return;
    const claim = await claimDataDirectory(dataDirectory);
    this.#stops.unshift(() => {
      claim.release();
    });
  }

  /** What is wrong with `.env` and the template is said before the engines and the build take their time. */
  #checkSettings(): void {
    const { root, build, warn, environment } = this.#options;
    const template = readTemplate(join(root, build ? 'template.yaml' : BUILT_TEMPLATE));
    for (const line of idleNames(readDotenv(root), Object.keys(template.parameters), environment)) warn(line);
    this.#openScope(template);
  }

  async #build(): Promise<void> {
    const tools = { ...this.#options, children: this.#children };
    await Promise.all([
      runCheck(tools),
      this.#progress.step('Building the functions', 'Functions built', () => build(tools)),
    ]);
  }

  #startEngines(): Promise<Endpoints> {
    const { environment, engineHost: host, onFailure } = this.#options;
    const own = ENGINES.filter((name) => !environment[`AWS_ENDPOINT_URL_${name.toUpperCase()}`]).join(', ');
    const options = { ...this.#options, region: REGION, host };
    const start = (): Promise<Endpoints> => startEngines(options, this.#children, onFailure);
    return own === '' ? start() : this.#progress.step(`Starting ${own}`, `${own} started`, start);
  }

  #tellLeftOut({ warnings, leftOut }: CloudModel): void {
    const { verbose, tell, warn } = this.#options;
    for (const line of warnings) warn(line);
    if (verbose) leftOut.forEach(tell);
    else if (leftOut.length > 0) {
      tell(
        `Left out, as it only matters on AWS: ${leftOut.length} kinds of resources and properties (npm start -- --verbose names them).`,
      );
    }
  }

  async #startIssuer(): Promise<void> {
    const issuer = await startIssuer();
    this.#issuer = issuer;
    this.#stops.push(() => issuer.stop());
  }

  #openScope(template: Template): Scope {
    const { root, parameters } = this.#options;
    const given = {
      dotenv: { ...openParameters(template), ...readDotenv(root) },
      commandLine: { ...parameters, ...(this.#issuer && closedParameters(template, this.#issuer)) },
    };
    const scope = openScope(template, given, REGION);
    checkRules(template, scope);
    return scope;
  }

  async #createResources(
    endpoints: Endpoints,
  ): Promise<{ model: CloudModel; resources: ReadonlyMap<string, Attributes> }> {
    const template = readTemplate(join(this.#options.root, BUILT_TEMPLATE));
    const scope = this.#openScope(template);
    const warnings = new Warnings();
    const clients = openClients(endpoints, REGION);
    try {
      const resources = await provision({ template, scope, clients, warnings });
      return { model: buildModel({ template, scope, provisioned: resources, warnings }), resources };
    } finally {
      closeClients(clients);
    }
  }

  async #run(
    { functions, mappings, deliveryStreams, api }: CloudModel,
    endpoints: Endpoints,
  ): Promise<string | undefined> {
    const environment = awsEnvironment(endpoints, REGION);
    const pools = new Map([...functions].map(([id, model]) => [id, new FunctionPool(model, { environment })]));
    this.#stops.push(() => Promise.all([...pools.values()].map((pool) => pool.stop())));
    this.#warm = warmUp(pools);
    const deliveries = deliveryStreams.map((model) => startDeliveryStream(model, endpoints));
    this.#stops.push(() => Promise.all(deliveries.map((delivery) => delivery.stop())));
    const running = mappings.flatMap((mapping) => {
      const pool = pools.get(mapping.functionId);
      return pool ? [startMapping(mapping, pool, endpoints)] : [];
    });
    this.#stops.push(() => Promise.all(running.map((mapping) => mapping.stop())));
    if (!api) return undefined;
    const server = await startApi(api, pools, this.#options.port);
    this.#stops.push(() => server.stop());
    return server.url;
  }

  #writeState({ model: { functions }, resources, endpoints, api }: Running): void {
    const { state } = this.#options;
    const content = {
      api,
      endpoints,
      region: REGION,
      functions: Object.fromEntries(functions),
      resources: Object.fromEntries(resources),
    };
    state.write(content, samEnvironment(functions, endpoints, REGION));
    this.#stops.push(() => {
      state.release();
    });
  }
}

/** One function after the other: the first requests come at the same time. */
async function warmUp(pools: ReadonlyMap<string, FunctionPool>): Promise<void> {
  for (const pool of pools.values()) await pool.warm();
}
