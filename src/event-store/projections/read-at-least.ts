import { setTimeout as sleep } from 'node:timers/promises';

import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { NoSuchVersionError } from '../errors/no-such-version.error';
import { NotYetError } from '../errors/not-yet.error';
import type { EventLog } from '../event-log/event-log';
import type { Uuid } from '../events/event';
import { aggregateTypeOf } from '../events/event-name';

const PATIENCE = 1_000; // milliseconds
const FIRST_DELAY = 20; // milliseconds, doubled up to the longest
const LONGEST_DELAY = 320;

/** Which version of which aggregate a row has to show. */
interface Wanted {
  readonly type: { readonly name: string; readonly aggregateType: string };
  readonly id: Uuid;
  /** Absent: whatever is there will do. */
  readonly version: number | undefined;
  /** Knows whether the version exists, where the row does not come to it. Asked for only then. */
  readonly log: () => Pick<EventLog, 'readNewest'>;
}

/**
 * Reads until the row shows a version, so that callers see what they have just changed.
 *
 * @throws NotFoundError when the row does not show it within a second, and no such aggregate exists
 * @throws NoSuchVersionError when the aggregate has not come to it
 * @throws NotYetError when the aggregate has, and its row will
 */
export async function readAtLeast<T>(
  wanted: Wanted,
  read: () => Promise<T | undefined>,
  versionOf: (row: T) => number,
): Promise<T | undefined> {
  const { version } = wanted;
  const deadline = performance.now() + PATIENCE;

  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
    const row = await read();

    if (version === undefined || (row && versionOf(row) >= version)) {
      return row;
    }
    if (performance.now() + delay > deadline) {
      throw await reasonOf(wanted, version);
    }
    await sleep(delay);
  }
}

/** Why a row does not show a version. An id of another aggregate type never will have this row. */
async function reasonOf({ type, id, log }: Wanted, version: number): Promise<Error> {
  const [newest] = await log().readNewest(id, 1);

  if (!newest || aggregateTypeOf(newest.$name) !== type.aggregateType) {
    return new NotFoundError(type.name, id);
  }
  if (newest.$version < version) {
    return new NoSuchVersionError(type.name, id, version, newest.$version);
  }
  return new NotYetError(`The version ${version} is not to be seen yet. Try again later.`);
}
