import { setTimeout as sleep } from 'node:timers/promises';

import { NotFoundError } from '../../shared-kernel/errors/not-found.error';
import { NoSuchVersionError } from '../errors/no-such-version.error';
import { NotYetError } from '../errors/not-yet.error';
import type { EventLog } from '../event-log/event-log';
import type { Uuid } from '../events/event';
import { aggregateTypeOf } from '../events/event-name';

// Milliseconds. A version that the log does not have may never come: nobody waits long for it.
const PATIENCE_BEFORE_LOG = 1_000;
const PATIENCE_AFTER_LOG = 4_000;
const FIRST_DELAY = 20; // doubled up to the longest
const LONGEST_DELAY = 320;

/** Which version of which aggregate a row has to show. */
interface Wanted {
  readonly type: { readonly name: string; readonly aggregateType: string };
  readonly id: Uuid;
  /** Absent: whatever is there will do. */
  readonly version: number | undefined;
  /** In milliseconds since 1970: nobody waits longer for it. Infinity: there is none. */
  readonly deadline: number;
  /** Knows whether the version exists. Asked for only where the row does not soon come to it. */
  readonly log: () => Pick<EventLog, 'readNewest'>;
}

/**
 * Reads until the row shows a version, so that callers see what they have just changed.
 *
 * @throws NotFoundError when the row does not show it within a second, and no such aggregate exists
 * @throws NoSuchVersionError when it does not, and the aggregate has not come to that version
 * @throws NotYetError when the aggregate has, and its row does not show it within five seconds, or by the deadline
 */
export async function readAtLeast<T>(
  wanted: Wanted,
  read: () => Promise<T | undefined>,
  versionOf: (row: T) => number,
): Promise<T | undefined> {
  const { version, deadline } = wanted;

  if (version === undefined) {
    return read();
  }
  const readNewer = async () => {
    const row = await read();

    return row && versionOf(row) >= version ? row : undefined;
  };
  const row = await readUntil(endOf(PATIENCE_BEFORE_LOG, deadline), readNewer);

  if (row) {
    return row;
  }
  await ensureVersionExists(wanted, version);
  const late = await readUntil(endOf(PATIENCE_AFTER_LOG, deadline), readNewer);

  if (!late) {
    throw new NotYetError(`The version ${version} is not to be seen yet. Try again later.`);
  }
  return late;
}

function endOf(patience: number, deadline: number): number {
  return Math.min(Date.now() + patience, deadline);
}

/**
 * Reads again and again until there is something; `undefined` where there is nothing by the end. No read begins that would not be done
 * by then, were it to take as long as the last one.
 */
async function readUntil<T>(end: number, read: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
    const start = Date.now();
    const row = await read();
    const now = Date.now();

    if (row || now + delay + (now - start) > end) {
      return row;
    }
    await sleep(delay);
  }
}

/** An id of another aggregate type is as good as none: it never will have this row. */
async function ensureVersionExists({ type, id, log }: Wanted, version: number): Promise<void> {
  const [newest] = await log().readNewest(id, 1);

  if (!newest || aggregateTypeOf(newest.$name) !== type.aggregateType) {
    throw new NotFoundError(type.name, id);
  }
  if (newest.$version < version) {
    throw new NoSuchVersionError(type.name, id, version, newest.$version);
  }
}
