import { readFileSync } from 'node:fs';
import path from 'node:path';

import { LocalCloudError } from '../local-cloud-error.ts';
import type { State } from '../state-file.ts';

/** The local cloud that runs in a folder. Throws a LocalCloudError when there is none. */
export function runningCloud(root: string): State {
  const state = readState(path.join(root, '.aws-sam', 'local.json'));
  if (state === undefined || !isAlive(state.pid)) {
    throw new LocalCloudError('No local cloud is running here. Start it with npm start.');
  }
  return state;
}

function readState(file: string): State | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    return undefined;
  }
}

/** A cloud that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
