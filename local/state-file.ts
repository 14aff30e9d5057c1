import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Endpoints, FunctionModel } from './model.ts';
import type { Attributes } from './template/scope.ts';

/** What other commands have to know of the local cloud that runs: written to `.aws-sam/local.json`. */
export interface State {
  readonly pid: number;
  /** Base URL of the API; absent where the template has none. */
  readonly api: string | undefined;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly functions: Readonly<Record<string, FunctionModel>>;
  /** What `Ref` and `Fn::GetAtt` give of each resource that the engines hold, by logical id. */
  readonly resources: Readonly<Record<string, Attributes>>;
}

/** Writes the state and the `--env-vars` file for `sam local` into the project's `.aws-sam`; the last writer wins. */
export function writeState(root: string, state: State, samEnvironment: unknown): void {
  mkdirSync(join(root, '.aws-sam'), { recursive: true });
  writeFileSync(stateFile(root), JSON.stringify(state, undefined, 2));
  writeFileSync(samEnvironmentFile(root), JSON.stringify(samEnvironment, undefined, 2));
}

/** Removes both files, unless another local cloud has written its own in the meantime. */
export function removeState(root: string): void {
  if (readPid(root) !== process.pid) return;
  rmSync(stateFile(root), { force: true });
  rmSync(samEnvironmentFile(root), { force: true });
}

function readPid(root: string): unknown {
  try {
    return (JSON.parse(readFileSync(stateFile(root), 'utf8')) as Partial<State>).pid;
  } catch {
    return undefined;
  }
}

function stateFile(root: string): string {
  return join(root, '.aws-sam', 'local.json');
}

function samEnvironmentFile(root: string): string {
  return join(root, '.aws-sam', 'env-vars.json');
}
