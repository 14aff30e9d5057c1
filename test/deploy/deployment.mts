import { delimiter, join } from 'node:path';

import { inventory } from './inventory.mts';
import { leaveOut, type LeftOut, type Template } from './left-out.mts';
import { MiniStack, REGION } from './ministack.mts';
import { Stack } from './stack.mts';
import { DeployTestError, ROOT, type Workplace } from './workplace.mts';

const PACKAGED = join(ROOT, '.aws-sam/packaged.yaml');
/** Beside the packaged template: `npm run deploy` finds samconfig.toml from there. */
const DEPLOYED = join(ROOT, '.aws-sam/packaged-for-ministack.json');
/** SAM keeps versions for aliases to go back to; they end with their function. */
export const VERSION = 'AWS::Lambda::Version';
/** How a deletion policy begins that keeps a resource, in one way or the other. */
const KEPT = '"Retain';
/** What is off by default is on, to be deployed as well. */
export const OPEN = { authentication: 'none', archive: 'on', requestCeiling: 100_000 } as const;
/** With an issuer that nobody has a token of. */
export const CLOSED = {
  ...OPEN,
  authentication: 'required',
  tokenIssuer: 'https://issuer.example.com',
  tokenAudience: 'https://api.example.com',
} as const;

export type Parameters = Readonly<Record<string, string | number>>;

/** What is gone when a stack is deleted, and what the template asks to keep. */
export interface Deletion {
  readonly deleted: number;
  readonly kept: readonly string[];
}

/** A section of samconfig.toml, and the stack that it names. */
export interface Stage {
  readonly section: string;
  readonly stack: string;
}

export const DEV: Stage = { section: 'default', stack: 'ddd-cqrs-es-aws-sam' };

/** The stack of a stage in MiniStack, made and removed with the commands that make and remove it on AWS. */
export class Deployment {
  readonly stack: Stack;
  readonly #stage: Stage;
  readonly #ministack: MiniStack;
  readonly #workplace: Workplace;
  readonly #environment: NodeJS.ProcessEnv;
  #template: Template = { Conditions: {}, Resources: {} };

  /** `sam` is the folder of the SAM CLI. */
  constructor(sam: string, ministack: MiniStack, workplace: Workplace, stage = DEV) {
    this.stack = new Stack(stage.stack, ministack);
    this.#stage = stage;
    this.#ministack = ministack;
    this.#workplace = workplace;
    this.#environment = { ...ministack.environment, PATH: `${sam}${delimiter}${process.env.PATH ?? ''}` };
  }

  async package(): Promise<void> {
    await this.#run('package', ['npm', 'run', 'package']);
  }

  /**
   * Makes the stack, or changes it; answers what was left out. Parameters that are not given have the template's defaults, not those of
   * samconfig.toml.
   *
   * @throws DeployTestError with CloudFormation's reasons, when that fails
   */
  async deploy(parameters: Parameters, added: Template['Resources'] = {}): Promise<LeftOut[]> {
    const { template, leftOut } = leaveOut(PACKAGED, DEPLOYED, added);
    const options = [
      ...['--config-env', this.#stage.section, '--no-confirm-changeset', '--parameter-overrides'],
      ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    ];

    this.#template = template;
    try {
      await this.#run('deploy', ['npm', 'run', 'deploy', '--', '--template-file', DEPLOYED, ...options]);
      return leftOut;
    } catch (error) {
      const failures = await this.stack.failures();

      throw failures.length > 0 ? new DeployTestError(failures.join('\n'), { cause: error }) : error;
    }
  }

  /** Where the API is. */
  async url(): Promise<string> {
    return this.#ministack.urlOf(await this.stack.output('ApiUrl'));
  }

  /**
   * Runs the Postman collection; answers how many tests that were.
   *
   * @throws DeployTestError when one fails
   */
  async collection(): Promise<string> {
    const program = join(import.meta.dirname, 'run-collection.mts');
    const output = await this.#run('collection', [process.execPath, program, `base-url=${await this.url()}`]);

    return output.trim();
  }

  /** @throws DeployTestError when the stage fails the test that a pipeline makes after a deployment */
  async smoke(): Promise<void> {
    await this.#run('smoke', ['npm', 'run', 'smoke', '--', '--url', await this.url()]);
  }

  /** @throws DeployTestError when the projections are not what the event log makes of them */
  async verify(): Promise<void> {
    await this.#run('verify', ['npm', 'run', 'ops', '--', 'verify', '--stack', this.stack.name, '--region', REGION]);
  }

  /** @throws DeployTestError when something is left that the template does not ask to keep */
  async delete(): Promise<Deletion> {
    const resources = (await this.stack.resources()).filter(({ ResourceType }) => ResourceType !== VERSION);
    const id = await this.stack.id();

    await this.#run('delete', ['sam', 'delete', '--no-prompts', '--stack-name', this.stack.name, '--region', REGION]);
    const deleted = (await this.stack.events(id)).filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_COMPLETE');
    const gone = new Set(deleted.map(({ LogicalResourceId }) => LogicalResourceId));
    const remaining = resources.filter(({ LogicalResourceId = '' }) => !gone.has(LogicalResourceId));
    const kept = remaining.map(({ LogicalResourceId = '' }) => LogicalResourceId);
    const names = new Set(remaining.map(({ PhysicalResourceId = '' }) => PhysicalResourceId));
    const left = [
      ...kept.filter((name) => !JSON.stringify(this.#template.Resources[name]?.DeletionPolicy ?? '').includes(KEPT)),
      ...(await inventory(this.#ministack.url)).filter((name) => !names.has(name)),
    ];

    if (left.length > 0) throw new DeployTestError(`The stack leaves behind:\n${left.join('\n')}`);
    return { deleted: resources.length - kept.length, kept };
  }

  #run(name: string, command: readonly [string, ...string[]]): Promise<string> {
    return this.#workplace.run(name, command, this.#environment);
  }
}
