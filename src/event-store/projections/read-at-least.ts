import { setTimeout as sleep } from 'node:timers/promises';

import { NotYetError } from '../errors/not-yet.error';

const PATIENCE = 5_000; // milliseconds
const FIRST_DELAY = 20; // milliseconds, doubled up to the longest
const LONGEST_DELAY = 320;

/**
 * Reads until the row shows a version, so that callers see what they have just changed.
 *
 * @param version of the aggregate; without it, reads once
 * @throws NotYetError when the row does not show it within 5 seconds
 */
export async function readAtLeast<T>(
  version: number | undefined,
  read: () => Promise<T | undefined>,
  versionOf: (row: T) => number,
): Promise<T | undefined> {
  const deadline = performance.now() + PATIENCE;

  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
    const row = await read();

    if (version === undefined || (row && versionOf(row) >= version)) {
      return row;
    }
    if (performance.now() + delay > deadline) {
      throw new NotYetError(`The version ${version} is not to be seen yet. Try again later.`);
    }
    await sleep(delay);
  }
}
