import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { LocalCloudError } from '../local-cloud-error.ts';

/**
 * The event of a JSON file, or of the standard input for `-`. Of a function without a sample event, an empty one where no file
 * is named. Throws a LocalCloudError.
 */
export async function readEvent(file: string | undefined, functionId: string): Promise<unknown> {
  if (file === undefined) return emptyEvent(functionId);
  const json = file === '-' ? await text(process.stdin) : await readText(file);
  try {
    return JSON.parse(json);
  } catch (error) {
    const name = file === '-' ? 'The standard input' : file;
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

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LocalCloudError(`Cannot read the event: ${(error as Error).message}`, { cause: error });
  }
}
