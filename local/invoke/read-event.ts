import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { LocalCloudError } from '../local-cloud-error.ts';
import { decodeText } from '../text-file.ts';

/**
 * The event of a JSON file, or of the standard input for `-`. Of a function without a sample event, an empty one where no file
 * is named. Throws a LocalCloudError.
 */
export async function readEvent(file: string | undefined, functionId: string): Promise<unknown> {
  if (file === undefined) return emptyEvent(functionId);
  const name = file === '-' ? 'The standard input' : file;
  const json = decodeText(file === '-' ? await buffer(process.stdin) : readBytes(file), name);
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new LocalCloudError(`${name} is no event: expected JSON. ${(error as Error).message}`, { cause: error });
  }
}

/** A function that is made for an event would only say that it has none, in words of its own. */
function emptyEvent(functionId: string): unknown {
  const sample = path.posix.join('test/lambda', `${functionId}.json`);
  if (!existsSync(sample)) {
    console.error(`The event is empty: {}. For another: npm run invoke -- ${functionId} -e EVENT.json`);
    return {};
  }
  throw new LocalCloudError(
    `Expected an event. There is a sample: npm run invoke -- ${functionId} -e ${sample}\n` +
      `An empty one: echo '{}' | npm run invoke -- ${functionId} -e -`,
  );
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new LocalCloudError(`Cannot read the event: ${(error as Error).message}`, { cause: error });
  }
}
