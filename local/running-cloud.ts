import { readFileSync } from 'node:fs';

import { isAlive } from './claim.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import { type State, stateFile } from './state-file.ts';

/** The local cloud that runs in a folder. Throws a LocalCloudError when there is none, or none that is ready. */
export function runningCloud(root: string, environment: NodeJS.ProcessEnv): State {
  const state = readState(stateFile(root, environment));
  // A cloud that was killed leaves its file behind.
  if (state?.pid === undefined || !isAlive(state.pid)) {
    throw new LocalCloudError('No local cloud is running here. Start it with npm start.');
  }
  if (state.endpoints === undefined) {
    throw new LocalCloudError('The local cloud is still starting here. Wait for its line that begins with Ready.');
  }
  return state as State;
}

/** While a cloud starts, there is no more than its pid. */
function readState(file: string): Partial<State> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    return undefined;
  }
}
