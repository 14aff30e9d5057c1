import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Claim, type Holder } from './claim.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import type { Endpoints, FunctionModel } from './model.ts';
import type { Attributes } from './template/scope.ts';

/** What other commands have to know of the local cloud that runs: written to `.aws-sam/local.json`. */
export interface State extends Holder {
  /** Base URL of the API; absent where the template has none. */
  readonly api: string | undefined;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly functions: Readonly<Record<string, FunctionModel>>;
  /** What `Ref` and `Fn::GetAtt` give of each resource that the engines hold, by logical id. */
  readonly resources: Readonly<Record<string, Attributes>>;
}

/** The variable that names a local cloud which runs in its folder beside another. */
const NAME = 'LOCAL_CLOUD';

/** Where a local cloud of the project in `root` says what it is: the one that `LOCAL_CLOUD` names. Throws a LocalCloudError. */
export function stateFile(root: string, environment: NodeJS.ProcessEnv): string {
  return file(root, 'local', environment);
}

/** The state file and the `--env-vars` file for `sam local`, which belong to one local cloud at a time. */
export class StateFile {
  readonly #claim: Claim;
  readonly #samEnvironmentFile: string;

  private constructor(claim: Claim, samEnvironmentFile: string) {
    this.#claim = claim;
    this.#samEnvironmentFile = samEnvironmentFile;
  }

  /** Throws a LocalCloudError where another local cloud of the name runs in the folder. */
  static async claim(root: string, environment: NodeJS.ProcessEnv): Promise<StateFile> {
    const claim = await Claim.make(stateFile(root, environment), (holder) => runsAlready(holder, environment));
    return new StateFile(claim, file(root, 'env-vars', environment));
  }

  write(state: Omit<State, keyof Holder>, samEnvironment: unknown): void {
    this.#claim.write(state);
    writeFileSync(this.#samEnvironmentFile, JSON.stringify(samEnvironment, undefined, 2));
  }

  /** Removes both files. */
  release(): void {
    this.#claim.release();
    rmSync(this.#samEnvironmentFile, { force: true });
  }
}

function file(root: string, kind: string, environment: NodeJS.ProcessEnv): string {
  const name = environment[NAME] ?? '';
  if (!/^[\w-]*$/.test(name)) {
    throw new LocalCloudError(`${NAME}: expected a name of letters, digits, "-" and "_", got "${name}".`);
  }
  return join(root, '.aws-sam', `${name === '' ? kind : `${kind}-${name}`}.json`);
}

function runsAlready(holder: Holder, environment: NodeJS.ProcessEnv): LocalCloudError {
  const { pid, api, endpoints } = holder as Partial<State>;
  const what = endpoints === undefined ? 'still starting' : (api ?? 'without an API');
  const name = environment[NAME] ? ` of the name ${environment[NAME]}` : '';
  return new LocalCloudError(
    `A local cloud${name} runs in this folder already: process ${pid}, ${what}. Use that, or stop it with Ctrl-C in its ` +
      `terminal; to run another beside it: ${NAME}=another PORT=3001 npm start.`,
  );
}
